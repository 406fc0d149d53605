import type { Warning } from "../../core/warning.ts";
import { errorName } from "./lambda-errors.ts";

const denied: ReadonlySet<string> = new Set(["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"]);

const throttled: ReadonlySet<string> = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "LimitExceededException",
]);

/** Whether a call failed for lack of permission. */
export const isDenied = (error: unknown): boolean => denied.has(errorName(error));

/**
 * What a reader must know of a call for production's evidence that failed for good.
 *
 * @param error - As the SDK threw it, after its retries.
 * @param action - The IAM action, `cloudwatch:GetMetricData` for example.
 */
export const readFailure = (error: unknown, action: string): string => {
  const name = errorName(error);
  if (denied.has(name)) return `${action} is not allowed to this role.`;
  if (throttled.has(name)) return `AWS kept throttling ${action}.`;
  return `${action} failed: ${error instanceof Error ? `${name}: ${error.message}` : String(error)}`;
};

/** The warning for production metrics that could not be read. */
export const metricsWarning = (error: unknown): Warning =>
  isDenied(error)
    ? { kind: "production-data-denied", action: "cloudwatch:GetMetricData" }
    : { kind: "production-data-failed", reason: readFailure(error, "cloudwatch:GetMetricData") };
