/**
 * A failure as Step Functions sees it: a name and a text, and nothing of the error it came from.
 *
 * The interpreter would otherwise take an error's own `isRetryable` for its word on what may be retried.
 */
export class TaskFailure extends Error {
  override readonly name: string;

  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

/** The failure of a function, its cause being the JSON that Lambda answers with. */
export const failureOfFunction = (error: unknown): TaskFailure => {
  const errorType = error instanceof Error ? error.name : "Error";
  const errorMessage = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Error ? (error.stack ?? "").split("\n").slice(0, traceLines) : [];
  return new TaskFailure(errorType, JSON.stringify({ errorType, errorMessage, trace }));
};

const traceLines = 10;

/** The failure of an integration, named as Step Functions names it: after the service and its exception. */
export const failureOfService = (service: string, error: unknown): TaskFailure => {
  const isOfService = error instanceof Error && "$metadata" in error && "$fault" in error;
  return new TaskFailure(
    `${service}.${isOfService ? error.name : "SdkClientException"}`,
    error instanceof Error ? error.message : String(error),
  );
};
