import { z } from "zod";
import type { FoundRecord, LogRecord } from "./log-record.ts";
import { statusOf } from "./record-status.ts";

/**
 * Finds the `platform.report` records of a JSON-format log, also when the function's own text stands on their line.
 *
 * @param tail - The decoded tail.
 * @returns Every place where a record is announced, first to last.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html}, "platform.report"
 */
export const jsonRecords = (tail: string): FoundRecord[] =>
  [...tail.matchAll(/"platform\.report"/g)].map(({ index }) => {
    const text = objectAround(tail, index);
    return { at: index, record: text === undefined ? undefined : recordOf(text) };
  });

const quantity = z.number().nonnegative();

const platformReportSchema = z.object({
  type: z.literal("platform.report"),
  record: z.object({
    requestId: z.string().optional(),
    status: z.string().optional(),
    errorType: z.string().optional(),
    metrics: z.object({
      durationMs: quantity,
      billedDurationMs: quantity.int(),
      memorySizeMB: quantity.int(),
      maxMemoryUsedMB: quantity.int().optional(),
      initDurationMs: quantity.optional(),
      restoreDurationMs: quantity.optional(),
      billedRestoreDurationMs: quantity.optional(),
    }),
    tracing: z.object({ value: z.string() }).optional(),
  }),
});

const recordOf = (text: string): LogRecord | undefined => {
  const parsed = platformReportSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { metrics, requestId, status, errorType, tracing } = parsed.data.record;
  const traceId = sampledTraceId(tracing?.value);
  const { maxMemoryUsedMB, initDurationMs, restoreDurationMs } = metrics;
  return {
    kind: "record",
    ...(requestId !== undefined && { requestId }),
    durationMs: metrics.durationMs,
    billedMs: metrics.billedDurationMs,
    memorySizeMb: metrics.memorySizeMB,
    ...(maxMemoryUsedMB !== undefined && { maxMemoryUsedMb: maxMemoryUsedMB }),
    ...(initDurationMs !== undefined && { initMs: initDurationMs }),
    ...(restoreDurationMs !== undefined && { restoreMs: restoreDurationMs }),
    cold:
      initDurationMs !== undefined || restoreDurationMs !== undefined || metrics.billedRestoreDurationMs !== undefined,
    status: statusOf(status, errorType),
    ...(errorType !== undefined && { errorType }),
    ...(traceId !== undefined && { traceId }),
  };
};

/** From the value of the trace header, `Root=1-...;Parent=...;Sampled=1`. */
const sampledTraceId = (header: string | undefined): string | undefined =>
  header === undefined || /\bSampled=0\b/.test(header) ? undefined : /\bRoot=(1-\w{8}-\w{24})\b/.exec(header)?.[1];

/** @returns The JSON value, or `undefined` for what is not JSON or would make a 0 of a number too small to hold. */
const parseJson = (text: string): unknown => {
  if (/\d[eE]-\d/.test(text.replace(jsonString, ""))) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const jsonString = /"(?:[^"\\]|\\.)*"/g;

// A record's own braces before its type are few; the function's text on the same line may hold any number.
const bracesTried = 32;

/** @returns The innermost object on the line of `inside` that starts before it and has a type of its own there. */
const objectAround = (tail: string, inside: number): string | undefined => {
  const lineStart = tail.lastIndexOf("\n", inside) + 1;
  let start = inside;
  for (let tried = 0; tried < bracesTried; tried += 1) {
    start = start > lineStart ? tail.lastIndexOf("{", start - 1) : -1;
    if (start < lineStart) return undefined;
    const end = objectEnd(tail, start);
    if (end === undefined || end <= inside) continue;
    const text = tail.slice(start, end);
    if (platformReportSchema.shape.type.safeParse(typeIn(text)).success) return text;
  }
  return undefined;
};

const typeIn = (text: string): unknown => {
  const value = parseJson(text);
  return typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
};

/** @returns The index after the brace that closes the one at `start`, braces inside strings not counted. */
const objectEnd = (text: string, start: number): number | undefined => {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
};
