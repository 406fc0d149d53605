import { TunerError } from "./tuner-error.ts";

/** The target was deployed or reconfigured by somebody else while the run was under way. */
export class ChangedDuringRunError extends TunerError {
  override get name() {
    return "Tuner.ChangedDuringRun" as const;
  }
  readonly isRetryable = false;
  readonly functionArn: string;

  constructor(functionArn: string, what: string, options?: ErrorOptions) {
    super(
      `${functionArn} was changed by someone else during the run (${what}); nothing of theirs was overwritten. Start again once it is stable.`,
      options,
    );
    this.functionArn = functionArn;
  }
}
