/** Whether a call never got an answer: it may work a moment later. */
export const isConnectionFailure = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (error.name === "TimeoutError" || error.name === "NetworkingError") return true;
  if ("code" in error && typeof error.code === "string" && connectionCodes.has(error.code)) return true;
  return /socket hang up|getaddrinfo|network/i.test(error.message);
};

const connectionCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "ENOTFOUND",
  "ENETUNREACH",
  "ENETDOWN",
  "EHOSTUNREACH",
  "ETIMEDOUT",
  "EAI_AGAIN",
  "EPIPE",
]);

/** Whether AWS asks to come back later. */
export const isThrottle = (error: unknown): boolean =>
  error instanceof Error && /^(Throttling(Exception)?|TooManyRequestsException|RequestLimitExceeded)$/.test(error.name);

/** Whether the same call may work a moment later with nothing changed. */
export const isPassing = (error: unknown): boolean =>
  isConnectionFailure(error) || isThrottle(error) || statusOf(error) >= 500;

const statusOf = (error: unknown): number => {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return 0;
  const { $metadata: metadata } = error;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return 0;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : 0;
};
