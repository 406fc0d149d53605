import { expect, it } from "vitest";
import { parseLogTail } from "../../../../core/invocation/parse-log-tail.ts";
import { type InvocationLog, logTail } from "../../../../local/endpoint/lambda/log-tail.ts";

const log: InvocationLog = {
  requestId: "8fc6f963-411b-58b5-8483-a32130c0f45d",
  version: "7",
  runtime: "nodejs24.x",
  logFormat: "Text",
  systemLogLevel: "INFO",
  epochMs: Date.UTC(2026, 0, 31, 12),
  output: "hello\n",
  report: { durationMs: 12.3, billedDurationMs: 13, memorySizeMb: 256, maxMemoryUsedMb: 81, status: "success" },
};

const textOf = (part: Partial<InvocationLog> = {}): string =>
  Buffer.from(logTail({ ...log, ...part }), "base64").toString("utf8");

const recordsOf = (part: Partial<InvocationLog> = {}): unknown[] =>
  textOf({ logFormat: "JSON", ...part })
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));

it("writes a warm invocation in text", () => {
  expect(textOf()).toBe(
    [
      "START RequestId: 8fc6f963-411b-58b5-8483-a32130c0f45d Version: 7",
      "hello",
      "END RequestId: 8fc6f963-411b-58b5-8483-a32130c0f45d",
      "REPORT RequestId: 8fc6f963-411b-58b5-8483-a32130c0f45d\tDuration: 12.30 ms\tBilled Duration: 13 ms\tMemory Size: 256 MB\tMax Memory Used: 81 MB\t",
      "",
    ].join("\n"),
  );
});

it("writes a cold start in text", () => {
  const text = textOf({ report: { ...log.report, initDurationMs: 120 } });
  expect(text).toMatch(/^INIT_START Runtime Version: /);
  expect(text).toContain("\tInit Duration: 120.00 ms\t\n");
});

it("writes an init phase that was broken off, which the report does not have", () => {
  const report = { ...log.report, durationMs: 12_012.3, brokenOffInitMs: 10_000 };
  expect(textOf({ report })).toMatch(
    /^INIT_START .+\nINIT_REPORT Init Duration: 10000\.00 ms\tPhase: init\tStatus: timeout\t\nSTART /,
  );
  expect(textOf({ report }).split("REPORT RequestId")[1]).not.toContain("Init Duration");
  expect(recordsOf({ report }).map((record) => Object(record).type)).toEqual([
    "platform.initStart",
    "platform.initReport",
    "platform.start",
    "platform.report",
  ]);
  expect(recordsOf({ report, systemLogLevel: "WARN" })).toMatchObject([
    {
      type: "platform.initReport",
      record: { phase: "init", status: "timeout", metrics: { durationMs: 10_000 } },
    },
  ]);
});

it.each(["Text", "JSON"] as const)("is read as a cold start by our parser, in %s", (logFormat) => {
  const report = { ...log.report, brokenOffInitMs: 10_000 };
  expect(parseLogTail(logTail({ ...log, logFormat, report }))).toMatchObject({ durationMs: 12.3, cold: true });
});

it("writes a timeout in text", () => {
  const text = textOf({ report: { ...log.report, durationMs: 3000, status: "timeout" } });
  expect(text).toContain(
    "2026-01-31T12:00:00.000Z 8fc6f963-411b-58b5-8483-a32130c0f45d Task timed out after 3.00 seconds\n",
  );
  expect(text).toContain("\tStatus: timeout\t\n");
});

it("names what ended the runtime, in text", () => {
  const text = textOf({ report: { ...log.report, status: "error", errorType: "Runtime.OutOfMemory" } });
  expect(text).toContain("\tStatus: error\tError Type: Runtime.OutOfMemory\t\n");
});

it("leaves no mark of an error that the handler threw, in text", () => {
  expect(textOf({ report: { ...log.report, status: "error", errorType: "TypeError" } })).not.toContain("Status");
});

it("writes the records of an invocation in JSON", () => {
  expect(recordsOf({ report: { ...log.report, initDurationMs: 120 } })).toEqual([
    {
      time: "2026-01-31T12:00:00.000Z",
      type: "platform.initStart",
      record: { initializationType: "on-demand", phase: "init", runtimeVersion: "nodejs24.x.local" },
    },
    {
      time: "2026-01-31T12:00:00.000Z",
      type: "platform.start",
      record: { requestId: log.requestId, version: "7" },
    },
    {
      time: "2026-01-31T12:00:00.000Z",
      type: "platform.report",
      record: {
        requestId: log.requestId,
        metrics: {
          durationMs: 12.3,
          billedDurationMs: 13,
          memorySizeMB: 256,
          maxMemoryUsedMB: 81,
          initDurationMs: 120,
        },
        status: "success",
      },
    },
  ]);
});

it("names every error in JSON", () => {
  expect(recordsOf({ report: { ...log.report, status: "error", errorType: "TypeError" } }).at(-1)).toMatchObject({
    record: { status: "error", errorType: "TypeError" },
  });
});

it("reports only failures at the level WARN", () => {
  expect(recordsOf({ systemLogLevel: "WARN" })).toEqual([]);
  expect(recordsOf({ systemLogLevel: "WARN", report: { ...log.report, status: "timeout" } })).toMatchObject([
    { type: "platform.runtimeDone", record: { status: "timeout" } },
    { type: "platform.report", record: { status: "timeout" } },
  ]);
});

it("writes the end of the runtime at the level DEBUG", () => {
  expect(recordsOf({ systemLogLevel: "DEBUG" })).toMatchObject([
    { type: "platform.start" },
    { type: "platform.runtimeDone", record: { status: "success" } },
    { type: "platform.report" },
  ]);
});

it("keeps records on lines of their own when the output does not end its line", () => {
  expect(recordsOf({ output: "no newline" })).toHaveLength(2);
});

it("carries the trace when the function is traced", () => {
  const tracing = { traceId: "1-61c86fa4-59b3c6d959653c527fd10966", segmentId: "107ea78a5750a811" };
  expect(textOf({ tracing })).toContain(
    "XRAY TraceId: 1-61c86fa4-59b3c6d959653c527fd10966\tSegmentId: 107ea78a5750a811\tSampled: true",
  );
  expect(recordsOf({ tracing }).at(-1)).toMatchObject({
    record: { tracing: { type: "X-Amzn-Trace-Id", value: expect.stringContaining("Root=1-61c86fa4") } },
  });
});

it.each(["Text", "JSON"] as const)("keeps the last 4 KB of a long log in %s, cut at a byte", (logFormat) => {
  const tail = Buffer.from(logTail({ ...log, logFormat, output: "é".repeat(1_000_000) }), "base64");
  expect(tail).toHaveLength(4096);
  expect(tail.toString("utf8")).toMatch(/REPORT RequestId|platform\.report/);
});
