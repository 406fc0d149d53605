import { z } from "zod";
import { jsonObjects } from "./json-objects.ts";
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
  jsonObjects(tail, platformReport).map(({ at, value }) => ({ at, record: recordOf(value) }));

const platformReport = "platform.report";

const quantity = z.number().nonnegative();

const platformReportSchema = z.object({
  type: z.literal(platformReport),
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

const recordOf = (value: unknown): LogRecord | undefined => {
  const parsed = platformReportSchema.safeParse(value);
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
