import { TunerError } from "./tuner-error.ts";

/** A target whose kind, state or qualifier rules a tuning run out. */
export class UntunableTargetError extends TunerError {
  override get name() {
    return "Tuner.UntunableTarget" as const;
  }
  readonly isRetryable = false;
  readonly functionArn: string;
  readonly reason: string;

  constructor(functionArn: string, reason: string) {
    super(`${functionArn} cannot be tuned: ${reason}`);
    this.functionArn = functionArn;
    this.reason = reason;
  }
}
