import { TunerError } from "./tuner-error.ts";

/** The target does not exist in the account and region that were asked. */
export class TargetNotFoundError extends TunerError {
  override get name() {
    return "Tuner.TargetNotFound" as const;
  }
  readonly isRetryable = false;
  readonly functionArn: string;

  /** @param options - `qualifier`: the version or alias that is missing, while the function is there. */
  constructor(functionArn: string, options: ErrorOptions & { readonly qualifier?: string } = {}) {
    super(
      options.qualifier === undefined
        ? `There is no Lambda function ${functionArn} here. Check the name, the account and the region, or pass a path to tune code on this machine.`
        : `${functionArn} has no version or alias ${options.qualifier}. Check the name, or leave it out to tune $LATEST.`,
      options,
    );
    this.functionArn = functionArn;
  }
}
