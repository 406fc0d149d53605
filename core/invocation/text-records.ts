import type { FoundRecord, LogRecord } from "./log-record.ts";
import { statusOf } from "./record-status.ts";

/**
 * Finds the REPORT records of a text-format log, wherever on a line they stand and in whatever order their fields come.
 *
 * A record is complete when its duration, billed duration and memory size are there with their units, and when nothing
 * at its end can be the beginning of a further field that the tail's end cut off.
 *
 * @param tail - The decoded tail.
 * @returns Every place where a record starts, first to last.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html}, "REPORT"
 */
export const textRecords = (tail: string): FoundRecord[] =>
  [...tail.matchAll(/REPORT (?=RequestId: )/g)].map(({ index, 0: marker }) => {
    const fields = readFields(tail, index + marker.length);
    return { at: index, record: fields === undefined ? undefined : recordOf(fields) };
  });

type Fields = ReadonlyMap<string, string>;

const milliseconds = /(\d{1,12}(?:\.\d{1,9})?) ms(?=\s|$)/y;
const wholeMilliseconds = /(\d{1,12}) ms(?=\s|$)/y;
const megabytes = /(\d{1,6}) MB(?=\s|$)/y;

/** How the value of each field is written. What does not read like this is not that field. */
const valueOf: Readonly<Record<string, RegExp>> = {
  RequestId: /([\w-]+)(?=\s|$)/y,
  Duration: milliseconds,
  "Billed Duration": wholeMilliseconds,
  "Memory Size": megabytes,
  "Max Memory Used": megabytes,
  "Init Duration": milliseconds,
  "Restore Duration": milliseconds,
  "Billed Restore Duration": wholeMilliseconds,
  "XRAY TraceId": /(1-\w{8}-\w{24})(?=\s|$)/y,
  SegmentId: /(\w+)(?=\s|$)/y,
  Sampled: /(true|false)(?=\s|$)/y,
  Status: /(success|timeout|error|failure)(?=\s|$)/y,
  "Error Type": /([\w.:-]+)(?=\s|$)/y,
};

/** X-Ray fields stand on a line of their own below the others. */
const gap = /[\t ]*(?:\r?\n(?=XRAY TraceId: ))?/y;
const label = /([A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)*): /y;
/** A field of a later platform version, passed over up to the next tab. */
const unknownValue = /[^\t\r\n]*/y;

/** @returns The fields from `start` on, or `undefined` when one of them is cut or malformed. */
const readFields = (tail: string, start: number): Fields | undefined => {
  const fields = new Map<string, string>();
  let at = start;
  for (;;) {
    at += matchAt(gap, tail, at)?.[0].length ?? 0;
    const found = matchAt(label, tail, at);
    if (found === undefined) return mayBeCut(tail.slice(at)) ? undefined : fields;
    const name = found[1] ?? "";
    const format = Object.hasOwn(valueOf, name) ? valueOf[name] : undefined;
    const value = matchAt(format ?? unknownValue, tail, at + found[0].length);
    // The same field twice is the beginning of something else on the same line.
    if (value === undefined || fields.has(name)) return undefined;
    if (format !== undefined) fields.set(name, value[1] ?? "");
    at += found[0].length + value[0].length;
  }
};

/** Whether the last characters of the tail are the beginning of a field's name. */
const mayBeCut = (rest: string): boolean =>
  rest !== "" && Object.keys(valueOf).some((name) => `${name}: `.startsWith(rest));

const matchAt = (sticky: RegExp, text: string, at: number): RegExpExecArray | undefined => {
  sticky.lastIndex = at;
  return sticky.exec(text) ?? undefined;
};

const recordOf = (fields: Fields): LogRecord | undefined => {
  const number = (name: string): number | undefined => {
    const text = fields.get(name);
    return text === undefined ? undefined : Number(text);
  };
  const durationMs = number("Duration");
  const billedMs = number("Billed Duration");
  const memorySizeMb = number("Memory Size");
  if (durationMs === undefined || billedMs === undefined || memorySizeMb === undefined) return undefined;
  const requestId = fields.get("RequestId");
  const maxMemoryUsedMb = number("Max Memory Used");
  const initMs = number("Init Duration");
  const restoreMs = number("Restore Duration");
  const errorType = fields.get("Error Type");
  const traceId = fields.get("Sampled") === "false" ? undefined : fields.get("XRAY TraceId");
  return {
    kind: "record",
    ...(requestId !== undefined && { requestId }),
    durationMs,
    billedMs,
    memorySizeMb,
    ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
    ...(initMs !== undefined && { initMs }),
    ...(restoreMs !== undefined && { restoreMs }),
    cold: initMs !== undefined || restoreMs !== undefined || fields.has("Billed Restore Duration"),
    status: statusOf(fields.get("Status"), errorType),
    ...(errorType !== undefined && { errorType }),
    ...(traceId !== undefined && { traceId }),
  };
};
