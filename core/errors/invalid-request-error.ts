import { TunerError } from "./tuner-error.ts";

/** A tuning request, flag set or config file that breaks the schema; lists every fault at once. */
export class InvalidRequestError extends TunerError {
  override get name() {
    return "Tuner.InvalidRequest" as const;
  }
  readonly isRetryable = false;
  /** One sentence a fault: where it is, what was expected, what came, what to do. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[], subject = "The request") {
    super(
      faults.length === 1
        ? `${subject} is not valid: ${faults[0]}`
        : `${subject} has ${faults.length} faults:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`,
    );
    this.faults = faults;
  }
}
