import type { Report } from "../report/schema.ts";
import { TunerError } from "./tuner-error.ts";

/** An execution of the state machine that failed: its error under its own name, as far as it is one of ours. */
export class RunFailedError extends TunerError {
  /** The failure's own name where it is one of this project's, so that callers branch on it as if it were thrown here. */
  override get name(): `Tuner.${string}` {
    return isOurs(this.error) ? this.error : "Tuner.RunFailed";
  }
  readonly isRetryable = false;
  readonly runId: string;
  /** Name of the error as the execution reports it. */
  readonly error: string;
  /** The report, when the run failed after it was made. */
  readonly report: Report | undefined;

  /** @param causeText - The execution's cause: text, or the JSON of a failed function. */
  constructor(runId: string, error: string, causeText: string, report?: Report, options?: ErrorOptions) {
    super(
      isOurs(error) ? messageOf(causeText) : `The run ${runId} failed with ${error}: ${messageOf(causeText)}`,
      options,
    );
    this.runId = runId;
    this.error = error;
    this.report = report;
  }
}

const isOurs = (name: unknown): name is `Tuner.${string}` => typeof name === "string" && name.startsWith("Tuner.");

/** A failed function's cause is JSON that holds its message; other causes are the message. */
const messageOf = (causeText: string): string => {
  try {
    const cause: unknown = JSON.parse(causeText);
    if (typeof cause !== "object" || cause === null || !("errorMessage" in cause)) return causeText;
    return typeof cause.errorMessage === "string" ? cause.errorMessage : causeText;
  } catch {
    return causeText;
  }
};
