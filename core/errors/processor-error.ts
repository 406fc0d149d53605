import { TunerError } from "./tuner-error.ts";

/** When it is invoked: before a measurement, or after it. */
export type ProcessorRole = "pre-processor" | "post-processor";

/** A pre- or post-processor function that failed; the measurement around it is void. */
export class ProcessorError extends TunerError {
  override get name() {
    return "Tuner.Processor" as const;
  }
  readonly isRetryable = false;
  readonly functionArn: string;

  constructor(role: ProcessorRole, functionArn: string, reason: string) {
    super(`The ${role} ${functionArn} failed: ${reason}`);
    this.functionArn = functionArn;
  }
}
