import type { PlatformReport } from "../function-runner.ts";

/** What the platform writes about an invocation. */
export interface InvocationLog {
  readonly requestId: string;
  readonly version: string;
  readonly runtime: string | undefined;
  readonly logFormat: "Text" | "JSON";
  /** Which platform records a JSON log holds. */
  readonly systemLogLevel: "DEBUG" | "INFO" | "WARN";
  /** Lambda's own time of the records. */
  readonly epochMs: number;
  /** The function's output. */
  readonly output: string;
  readonly report: PlatformReport;
  readonly tracing?: { readonly traceId: string; readonly segmentId: string };
}

/** Bytes of the log that `LogType=Tail` returns. */
const tailBytes = 4096;

/**
 * The last 4 KB of an invocation's log, as `X-Amz-Log-Result` carries it: cut at a byte, wherever that falls.
 *
 * @returns Base64.
 */
export const logTail = (log: InvocationLog): string => {
  const text = log.logFormat === "JSON" ? jsonLog(log) : textLog(log);
  return Buffer.from(text, "utf8").subarray(-tailBytes).toString("base64");
};

const textLog = (log: InvocationLog): string => {
  const { requestId } = log;
  const lines = [
    ...initLines(log),
    `START RequestId: ${requestId} Version: ${log.version}`,
    ...(log.output === "" ? [] : [log.output.replace(/\n$/, "")]),
    ...timeoutLine(log),
    `END RequestId: ${requestId}`,
    `${reportFields(log).join("\t")}\t`,
    ...(log.tracing === undefined
      ? []
      : [`XRAY TraceId: ${log.tracing.traceId}\tSegmentId: ${log.tracing.segmentId}\tSampled: true\t`]),
  ];
  return `${lines.join("\n")}\n`;
};

/** A report of the init phase is only written when it failed. */
const initLines = ({ runtime, report: { initDurationMs, brokenOffInitMs } }: InvocationLog): string[] => [
  ...(initDurationMs === undefined && brokenOffInitMs === undefined
    ? []
    : [`INIT_START Runtime Version: ${runtime ?? "provided"}.local`]),
  ...(brokenOffInitMs === undefined
    ? []
    : [`INIT_REPORT Init Duration: ${brokenOffInitMs.toFixed(2)} ms\tPhase: init\tStatus: timeout\t`]),
];

const timeoutLine = ({ report, requestId, epochMs }: InvocationLog): string[] =>
  report.status === "timeout"
    ? [
        `${new Date(epochMs).toISOString()} ${requestId} Task timed out after ${(report.durationMs / 1000).toFixed(2)} seconds\n`,
      ]
    : [];

const reportFields = ({ requestId, report }: InvocationLog): string[] => [
  `REPORT RequestId: ${requestId}`,
  `Duration: ${report.durationMs.toFixed(2)} ms`,
  `Billed Duration: ${report.billedDurationMs} ms`,
  `Memory Size: ${report.memorySizeMb} MB`,
  `Max Memory Used: ${report.maxMemoryUsedMb} MB`,
  ...(report.initDurationMs === undefined ? [] : [`Init Duration: ${report.initDurationMs.toFixed(2)} ms`]),
  ...(report.restoreDurationMs === undefined
    ? []
    : [
        `Restore Duration: ${report.restoreDurationMs.toFixed(2)} ms`,
        `Billed Restore Duration: ${billedRestoreMs(report.restoreDurationMs)} ms`,
      ]),
  ...statusFields(report),
];

/** The part of the billed duration that the restore is: already contained in it. */
const billedRestoreMs = (restoreDurationMs: number): number => Math.floor(restoreDurationMs);

/** A text log names only what ended the runtime: an error that the handler threw leaves no mark in it. */
const statusFields = ({ status, errorType }: PlatformReport): string[] => {
  if (status === "timeout") return ["Status: timeout"];
  return status === "error" && errorType !== undefined && /^(Runtime|Sandbox|Extension)\./.test(errorType)
    ? ["Status: error", `Error Type: ${errorType}`]
    : [];
};

const jsonLog = (log: InvocationLog): string => {
  const output = log.output === "" || log.output.endsWith("\n") ? log.output : `${log.output}\n`;
  return [...recordsBefore(log), output, ...recordsAfter(log)].join("");
};

/** What starts is written at INFO, a start that was broken off at WARN. */
const recordsBefore = (log: InvocationLog): string[] => {
  const { initDurationMs, brokenOffInitMs } = log.report;
  const init = { initializationType: "on-demand", phase: "init" };
  const metrics = { durationMs: brokenOffInitMs };
  const brokenOff =
    brokenOffInitMs === undefined ? [] : [platformRecord(log, "initReport", { ...init, status: "timeout", metrics })];
  if (log.systemLogLevel === "WARN") return brokenOff;
  const start = platformRecord(log, "start", { requestId: log.requestId, version: log.version });
  if (initDurationMs === undefined && brokenOffInitMs === undefined) return [start];
  const runtimeVersion = `${log.runtime ?? "provided"}.local`;
  return [platformRecord(log, "initStart", { ...init, runtimeVersion }), ...brokenOff, start];
};

/**
 * How it ended is written at WARN when it failed; when it did not, the report is written at INFO and the end of the
 * runtime at DEBUG. At a level of WARN a successful invocation leaves no record at all.
 */
const recordsAfter = (log: InvocationLog): string[] => {
  const { requestId, report, systemLogLevel } = log;
  const succeeded = report.status === "success";
  if (succeeded && systemLogLevel === "WARN") return [];
  const { status, errorType } = report;
  const done = { requestId, status, ...(errorType !== undefined && { errorType }) };
  return [
    ...(succeeded && systemLogLevel === "INFO" ? [] : [platformRecord(log, "runtimeDone", done)]),
    platformRecord(log, "report", reportRecord(log)),
  ];
};

const platformRecord = ({ epochMs }: InvocationLog, event: string, record: object): string =>
  `${JSON.stringify({ time: new Date(epochMs).toISOString(), type: `platform.${event}`, record })}\n`;

const reportRecord = ({ requestId, report, tracing }: InvocationLog): object => ({
  requestId,
  metrics: {
    durationMs: report.durationMs,
    billedDurationMs: report.billedDurationMs,
    memorySizeMB: report.memorySizeMb,
    maxMemoryUsedMB: report.maxMemoryUsedMb,
    ...(report.initDurationMs !== undefined && { initDurationMs: report.initDurationMs }),
    ...(report.restoreDurationMs !== undefined && {
      restoreDurationMs: report.restoreDurationMs,
      billedRestoreDurationMs: billedRestoreMs(report.restoreDurationMs),
    }),
  },
  status: report.status,
  ...(report.errorType !== undefined && { errorType: report.errorType }),
  ...(tracing !== undefined && {
    tracing: {
      spanId: tracing.segmentId,
      type: "X-Amzn-Trace-Id",
      value: `Root=${tracing.traceId};Parent=${tracing.segmentId};Sampled=1`,
    },
  }),
});
