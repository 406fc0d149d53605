import { TunerError } from "./tuner-error.ts";

/** The target does not exist in the account and region that were asked. */
export class TargetNotFoundError extends TunerError {
  override get name() {
    return "Tuner.TargetNotFound" as const;
  }
  readonly isRetryable = false;
  readonly functionArn: string;

  constructor(functionArn: string, options?: ErrorOptions) {
    super(
      `There is no Lambda function ${functionArn} here. Check the name, the account and the region, or pass a path to tune code on this machine.`,
      options,
    );
    this.functionArn = functionArn;
  }
}
