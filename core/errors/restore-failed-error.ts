import { TunerError } from "./tuner-error.ts";

/** The target could not be proved equal to what it was before the run. */
export class RestoreFailedError extends TunerError {
  override get name() {
    return "Tuner.RestoreFailed" as const;
  }
  readonly isRetryable = true;
  readonly functionArn: string;
  readonly leftovers: readonly string[];

  constructor(functionArn: string, runId: string, leftovers: readonly string[], options?: ErrorOptions) {
    super(
      `${functionArn} could not be put back as it was: ${leftovers.join("; ")}. Repair it with: lambda-tuner restore ${runId}`,
      options,
    );
    this.functionArn = functionArn;
    this.leftovers = leftovers;
  }
}
