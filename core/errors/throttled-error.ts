import { TunerError } from "./tuner-error.ts";

/** The service kept throttling after the retries that the client makes. */
export class ThrottledError extends TunerError {
  override get name() {
    return "Tuner.Throttled" as const;
  }
  readonly isRetryable = true;
  readonly action: string;

  constructor(action: string, options?: ErrorOptions) {
    super(
      `AWS kept throttling ${action}. Lower sampling.concurrency, or try again when the account is quieter.`,
      options,
    );
    this.action = action;
  }
}
