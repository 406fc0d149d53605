import { TunerError } from "../../core/errors/tuner-error.ts";

/** Arguments, a file or a config that cannot be used as given; nothing was started. */
export class UsageError extends TunerError {
  override get name() {
    return "Tuner.Usage" as const;
  }
  readonly isRetryable = false;
}
