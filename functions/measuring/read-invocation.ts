import type { LogRecord } from "../../core/invocation/log-record.ts";
import type { SampleStatus } from "../../core/invocation/sample.ts";
import type { FunctionError, Invocation } from "../aws/invoke-target.ts";

/** What an answered invocation means for the measurement. */
export interface Reading {
  readonly status: SampleStatus;
  /** Absent when the tail held no readable record. */
  readonly record?: LogRecord;
  /** What to tell of a failure. */
  readonly failure?: FunctionError;
}

/** Type under which invocations without a readable record are counted. */
export const unreadableTail = "UnreadableTail";

/**
 * Judges an answer by the platform's record and the function's error together.
 *
 * @param allowedErrors - Error types of the target that count as success.
 */
export const readInvocation = (
  { record, functionError }: Extract<Invocation, { kind: "answered" }>,
  allowedErrors: readonly string[],
): Reading => {
  const platform = record.kind === "record" ? record.status : "ok";
  const status = statusOf(platform, functionError, allowedErrors);
  if (record.kind === "unreadable") {
    const failure = functionError ?? { type: unreadableTail, message: `no readable REPORT record: ${record.reason}` };
    return { status: status === "ok" ? "error" : status, failure };
  }
  if (status === "ok") return { status, record };
  return { status, record, failure: functionError ?? { type: record.errorType ?? status, message: status } };
};

const statusOf = (
  platform: SampleStatus,
  functionError: FunctionError | undefined,
  allowedErrors: readonly string[],
): SampleStatus => {
  if (platform === "out-of-memory" || platform === "timed-out") return platform;
  if (functionError === undefined) return platform;
  if (isTimeout(functionError)) return "timed-out";
  if (isOutOfMemory(functionError)) return "out-of-memory";
  return allowedErrors.includes(functionError.type) ? "ok" : "error";
};

const isTimeout = ({ type, message }: FunctionError): boolean =>
  type === "Sandbox.Timedout" || /^(\S+ )*Task timed out after \d/.test(message);

const isOutOfMemory = ({ type, message }: FunctionError): boolean =>
  type === "Runtime.OutOfMemory" || /signal: killed/.test(message);
