import { TunerError } from "./tuner-error.ts";

/** A number that cannot be the quantity it was given as. */
export class InvalidUnitError extends TunerError {
  override get name() {
    return "Tuner.InvalidUnit" as const;
  }
  readonly isRetryable = false;
  readonly value: number;
  readonly expected: string;

  constructor(value: number, expected: string) {
    super(`Expected ${expected}, got ${value}.`);
    this.value = value;
    this.expected = expected;
  }
}
