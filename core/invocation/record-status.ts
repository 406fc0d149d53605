import type { SampleStatus } from "./sample.ts";

/**
 * The status of a sample from what a REPORT record says.
 *
 * @param status - `Status` of a text record or `record.status` of a JSON one; absent in a text record that ended well.
 * @param errorType - The platform's error type, when there is one.
 *
 * @example
 * ```ts
 * statusOf(undefined, undefined); // => "ok"
 * statusOf("error", "Runtime.OutOfMemory"); // => "out-of-memory"
 * ```
 */
export const statusOf = (status: string | undefined, errorType: string | undefined): SampleStatus => {
  if (status === "timeout" || errorType === "Sandbox.Timedout") return "timed-out";
  if (errorType === "Runtime.OutOfMemory") return "out-of-memory";
  return (status === undefined || status === "success") && errorType === undefined ? "ok" : "error";
};
