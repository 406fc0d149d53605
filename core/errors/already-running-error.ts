import { TunerError } from "./tuner-error.ts";

/** Another run holds the lock of this target. */
export class AlreadyRunningError extends TunerError {
  override get name() {
    return "Tuner.AlreadyRunning" as const;
  }
  readonly isRetryable = false;
  readonly functionArn: string;
  readonly otherRunId: string;

  constructor(functionArn: string, otherRunId: string) {
    super(
      `${functionArn} is being tuned by run ${otherRunId}. Wait for it to finish, or stop it, then start again. If it is over already, put the function back with: lambda-tuner restore ${otherRunId}`,
    );
    this.functionArn = functionArn;
    this.otherRunId = otherRunId;
  }
}
