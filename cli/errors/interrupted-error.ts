import { TunerError } from "../../core/errors/tuner-error.ts";

/** A person or a supervisor stopped the command. */
export class InterruptedError extends TunerError {
  override get name() {
    return "Tuner.Interrupted" as const;
  }
  readonly isRetryable = true;
  readonly signal: "SIGINT" | "SIGTERM";

  /** @param message - What was stopped, and what is left of it. */
  constructor(signal: "SIGINT" | "SIGTERM", message: string, options?: ErrorOptions) {
    super(message, options);
    this.signal = signal;
  }
}
