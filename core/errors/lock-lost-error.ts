import { TunerError } from "./tuner-error.ts";

/** A run that no longer holds its target: a clean-up has released the lock, or another run took it once it had expired. */
export class LockLostError extends TunerError {
  override get name() {
    return "Tuner.LockLost" as const;
  }
  readonly isRetryable = false;
  readonly functionArn: string;
  readonly runId: string;

  constructor(functionArn: string, runId: string) {
    super(
      `The run ${runId} no longer holds ${functionArn}: a clean-up has ended it, or its lock had expired. It sets and publishes nothing more; start again.`,
    );
    this.functionArn = functionArn;
    this.runId = runId;
  }
}
