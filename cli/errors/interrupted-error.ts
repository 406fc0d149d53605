import { TunerError } from "../../core/errors/tuner-error.ts";

/** A person or a supervisor stopped the command. */
export class InterruptedError extends TunerError {
  override get name() {
    return "Tuner.Interrupted" as const;
  }
  readonly isRetryable = true;
  readonly signal: "SIGINT" | "SIGTERM";

  constructor(signal: "SIGINT" | "SIGTERM") {
    super("Stopped before the run was finished; no new invocation was sent and the target is as it was.");
    this.signal = signal;
  }
}
