import { TunerError } from "./tuner-error.ts";

/** A run that was stopped before it was finished. */
export class RunInterruptedError extends TunerError {
  override get name() {
    return "Tuner.Interrupted" as const;
  }
  readonly isRetryable = true;
  readonly runId: string;
  /** Whether nothing of the run is left on the target. */
  readonly restored: boolean;

  constructor(runId: string, restored: boolean, options?: ErrorOptions) {
    super(
      restored
        ? `The run ${runId} was stopped before it was finished; the target is as it was.`
        : `The run ${runId} was stopped before it was finished, and the target could not be put back yet. Repair it with: lambda-tuner restore ${runId}`,
      options,
    );
    this.runId = runId;
    this.restored = restored;
  }
}
