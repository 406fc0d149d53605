import { TunerError } from "../../core/errors/tuner-error.ts";

/** Something about this machine or account stands in the way: a port in use, a folder that cannot be written. */
export class EnvironmentError extends TunerError {
  override get name() {
    return "Tuner.Environment" as const;
  }
  readonly isRetryable = true;
}
