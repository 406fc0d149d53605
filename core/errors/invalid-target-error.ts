import { TunerError } from "./tuner-error.ts";

/** A path given as the target that holds no function this machine can run. */
export class InvalidTargetError extends TunerError {
  override get name() {
    return "Tuner.InvalidTarget" as const;
  }
  readonly isRetryable = false;
  /** The target as the user gave it. */
  readonly target: string;

  /** @param reason - What was expected, what came and what to do, as whole sentences. */
  constructor(target: string, reason: string, options?: ErrorOptions) {
    super(`${target} cannot be run as a function: ${reason}`, options);
    this.target = target;
  }
}
