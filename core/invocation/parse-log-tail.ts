import { asciiFromBase64 } from "./ascii-from-base64.ts";
import { saysInitBrokenOff } from "./broken-off-init.ts";
import { jsonRecords } from "./json-records.ts";
import type { LogRecord, UnreadableTail } from "./log-record.ts";
import { textRecords } from "./text-records.ts";

/**
 * Reads the platform's REPORT record from the log tail that comes with an invocation.
 *
 * Both log formats are looked for, whatever the tail starts with. The function may print texts that look like records:
 * the last complete one counts, and with `requestId` only those of that request.
 *
 * @param base64Tail - The `X-Amz-Log-Result` header: base64 of the last 4 KB of the log.
 * @param requestId - The request id of the answer, when the caller has it.
 * @returns The record, or why there is none. Never throws, and never holds a 0 that the log does not hold.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html}, "LogType"
 *
 * @example
 * ```ts
 * parseLogTail(""); // => { kind: "unreadable", reason: "empty" }
 * ```
 */
export const parseLogTail = (base64Tail: string, requestId?: string): LogRecord | UnreadableTail => {
  if (base64Tail === "") return unreadable("empty");
  const tail = asciiFromBase64(base64Tail);
  if (tail === undefined) return unreadable("not-base64");
  const found = [...textRecords(tail), ...jsonRecords(tail)].sort((a, b) => a.at - b.at);
  if (found.length === 0) return unreadable("no-report");
  if (found.every(({ record }) => record === undefined)) return unreadable("incomplete-report");
  const last = found.findLastIndex(
    ({ record }) => record !== undefined && (requestId === undefined || record.requestId === requestId),
  );
  const { at, record } = found[last] ?? {};
  if (record === undefined) return unreadable("other-request");
  const ownLog = tail.slice(found[last - 1]?.at ?? 0, at);
  return withTextOfThePlatform(record.cold ? record : { ...record, cold: saysInitBrokenOff(ownLog) }, tail);
};

const unreadable = (reason: UnreadableTail["reason"]): UnreadableTail => ({ kind: "unreadable", reason });

/** Text logs of some platform versions tell the end of an invocation beside the record, not in it. */
const withTextOfThePlatform = (record: LogRecord, tail: string): LogRecord => {
  if (record.status === "timed-out" || record.status === "out-of-memory") return record;
  if (saysTimedOut(record, tail)) return { ...record, status: "timed-out" };
  if (saysKilledForMemory(record, tail)) return { ...record, status: "out-of-memory" };
  return record;
};

const timeoutLine = /\d{4}-\d\d-\d\dT[\d:.]+Z (?:([\w-]+) )?Task timed out after \d+(?:\.\d+)? seconds/g;

const saysTimedOut = (record: LogRecord, tail: string): boolean =>
  [...tail.matchAll(timeoutLine)].some(
    ([, id]) => id === undefined || record.requestId === undefined || id === record.requestId,
  );

/** A process that was killed at its memory limit: the record shows the limit, or 1 MB less, as used. */
const saysKilledForMemory = (record: LogRecord, tail: string): boolean =>
  record.maxMemoryUsedMb !== undefined &&
  record.maxMemoryUsedMb >= record.memorySizeMb - 1 &&
  /Runtime exited with error: signal: killed/.test(tail);
