import { TunerError } from "../../core/errors/tuner-error.ts";

/** A person or a supervisor stopped the command. */
export class InterruptedError extends TunerError {
  override get name() {
    return "Tuner.Interrupted" as const;
  }
  readonly isRetryable = true;
  readonly signal: "SIGINT" | "SIGTERM";

  /** @param options - With the run's own account of its end as `cause`, where there is one. */
  constructor(signal: "SIGINT" | "SIGTERM", options?: ErrorOptions) {
    const { cause } = options ?? {};
    super(cause instanceof TunerError ? cause.message : "Stopped before the run was started.", options);
    this.signal = signal;
  }
}
