import { TunerError } from "./tuner-error.ts";

/** A payload that cannot be read, parsed or sent. */
export class PayloadError extends TunerError {
  override get name() {
    return "Tuner.Payload" as const;
  }
  readonly isRetryable = false;
}
