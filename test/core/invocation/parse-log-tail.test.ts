import { describe, expect, it } from "vitest";
import type { LogRecord } from "../../../core/invocation/log-record.ts";
import { parseLogTail } from "../../../core/invocation/parse-log-tail.ts";

const id = "8f507cfc-3a1e-4697-b07a-ac58fc914c95";
const traceId = "1-5e34a614-10bd7a1a4fb1fb44f07bc535";

const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
const parse = (text: string, requestId?: string) => parseLogTail(base64(text), requestId);

const report = (...fields: string[]): string => `REPORT RequestId: ${id}\t${fields.join("\t")}\t\n`;
const basics = ["Duration: 127.10 ms", "Billed Duration: 128 ms", "Memory Size: 512 MB", "Max Memory Used: 91 MB"];
const warm: LogRecord = {
  kind: "record",
  requestId: id,
  durationMs: 127.1,
  billedMs: 128,
  memorySizeMb: 512,
  maxMemoryUsedMb: 91,
  cold: false,
  status: "ok",
};

const platformReport = (metrics: object, more: object = {}): string =>
  `${JSON.stringify({ time: "2026-09-19T10:00:00.000Z", type: "platform.report", record: { requestId: id, metrics, status: "success", ...more } })}\n`;
const metrics = { durationMs: 127.1, billedDurationMs: 128, memorySizeMB: 512, maxMemoryUsedMB: 91 };

describe("a text-format tail", () => {
  it("gives the record of a warm invocation", () => {
    const text = `START RequestId: ${id} Version: 3\nhello\nEND RequestId: ${id}\n${report(...basics)}`;
    expect(parse(text)).toEqual(warm);
  });

  it("gives integer durations", () => {
    const text = report("Duration: 3000 ms", "Billed Duration: 3000 ms", "Memory Size: 128 MB");
    expect(parse(text)).toEqual({
      kind: "record",
      requestId: id,
      durationMs: 3000,
      billedMs: 3000,
      memorySizeMb: 128,
      cold: false,
      status: "ok",
    });
  });

  it("is cold with an init duration, which the billed duration already contains", () => {
    const text = report(
      "Duration: 100.10 ms",
      "Billed Duration: 344 ms",
      "Memory Size: 512 MB",
      "Init Duration: 243.21 ms",
    );
    expect(parse(text)).toMatchObject({ durationMs: 100.1, billedMs: 344, initMs: 243.21, cold: true });
  });

  // Real SnapStart lines: 128+26, 307+303 and 2339+182, added by the platform.
  it.each([
    ["127.10", 154, 26, "25.61"],
    ["306.34", 610, 303, "654.45"],
    ["2338.66", 2521, 182, "540.02"],
  ])("bills a SnapStart restore once: %s ms is billed as %d", (duration, billed, restore, restoreDuration) => {
    const text = report(
      `Duration: ${duration} ms`,
      `Billed Duration: ${billed} ms`,
      "Memory Size: 1024 MB",
      "Max Memory Used: 158 MB",
      `Restore Duration: ${restoreDuration} ms`,
      `Billed Restore Duration: ${restore} ms`,
    );
    const record = parse(text);
    expect(record).toMatchObject({ billedMs: billed, restoreMs: Number(restoreDuration), cold: true });
    expect(record).not.toHaveProperty("initMs");
  });

  it.each([
    ["Status: timeout", { status: "timed-out" }],
    ["Status: error\tError Type: Runtime.OutOfMemory", { status: "out-of-memory", errorType: "Runtime.OutOfMemory" }],
    ["Status: error\tError Type: Runtime.ExitError", { status: "error", errorType: "Runtime.ExitError" }],
    ["Error Type: Runtime.ExitError\tStatus: error", { status: "error", errorType: "Runtime.ExitError" }],
    ["Status: success", { status: "ok" }],
  ])("reads %j", (fields, expected) => {
    expect(parse(report(...basics, fields))).toMatchObject(expected);
  });

  it("takes the fields in any order", () => {
    expect(parse(report(...basics.toReversed()))).toEqual(warm);
  });

  it("takes fields parted by spaces, as copies of a log have them", () => {
    expect(parse(`REPORT RequestId: ${id} ${basics.join(" ")} Status: timeout`)).toEqual({
      ...warm,
      status: "timed-out",
    });
  });

  it("passes over a field it does not know, even one that ends like a known field", () => {
    expect(parse(report("Extension Duration: 9 ms", ...basics, "Cpu Architecture: arm 64"))).toEqual(warm);
  });

  it.each(["\n", "\t\n", "\r\n", "\t"])("takes the trace id from a line or field of its own (%j)", (separator) => {
    const text = `REPORT RequestId: ${id}\t${basics.join("\t")}${separator}XRAY TraceId: ${traceId}\tSegmentId: 07f5a3d82d1f6f85\tSampled: true\t\n`;
    expect(parse(text)).toEqual({ ...warm, traceId });
  });

  it("has no trace id of an invocation that was not sampled", () => {
    const text = report(...basics, `XRAY TraceId: ${traceId}`, "SegmentId: 07f5a3d82d1f6f85", "Sampled: false");
    expect(parse(text)).toEqual(warm);
  });

  it("takes a status that follows the trace fields", () => {
    const text = `REPORT RequestId: ${id}\t${basics.join("\t")}\t\nXRAY TraceId: ${traceId}\tSegmentId: 07f5a3d82d1f6f85\tSampled: true\tStatus: timeout\t\n`;
    expect(parse(text)).toEqual({ ...warm, traceId, status: "timed-out" });
  });

  it("finds a record on a line that the function's text shares", () => {
    expect(parse(`no newline at the end{"a":1}${report(...basics)}`)).toEqual(warm);
    expect(parse(`REPORT RequestId: ${id}\t${basics.join("\t")}\tand {more} text`)).toEqual(warm);
  });

  it("starts with a brace", () => {
    expect(parse(`{"level":"info"}\n{"cut":\n${report(...basics)}`)).toEqual(warm);
  });

  it("is not disturbed by bytes that are not ASCII, nor by half a character at its start", () => {
    const bytes = Buffer.from(`für 漢字 🎉 \u00a0\n${report(...basics)}`, "utf8").subarray(2);
    expect(parseLogTail(bytes.toString("base64"))).toEqual(warm);
  });

  it.each([
    `2019-05-03T10:00:03.012Z ${id} Task timed out after 3.00 seconds\n\n`,
    "2019-05-03T10:00:03.012Z Task timed out after 3 seconds",
  ])("timed out when only a line of the platform says so: %s", (line) => {
    expect(parse(report(...basics) + line)).toEqual({ ...warm, status: "timed-out" });
    expect(parse(line + report(...basics))).toEqual({ ...warm, status: "timed-out" });
  });

  it("did not time out when the function or another request says so", () => {
    expect(parse(`Task timed out after 3.00 seconds\n${report(...basics)}`)).toEqual(warm);
    expect(
      parse(`2019-05-03T10:00:03.012Z other-request Task timed out after 3.00 seconds\n${report(...basics)}`),
    ).toEqual(warm);
  });

  it("ran out of memory when it was killed at its limit", () => {
    const killed = `RequestId: ${id} Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n`;
    const used = (mb: number) =>
      report("Duration: 9.00 ms", "Billed Duration: 9 ms", "Memory Size: 128 MB", `Max Memory Used: ${mb} MB`);
    expect(parse(used(128) + killed)).toMatchObject({ status: "out-of-memory" });
    expect(parse(used(127) + killed)).toMatchObject({ status: "out-of-memory" });
    expect(parse(used(60) + killed)).toMatchObject({ status: "ok" });
  });
});

describe("a JSON-format tail", () => {
  it("gives the record of a warm invocation", () => {
    expect(parse(`{"timestamp":"now","level":"INFO","message":"hi"}\n${platformReport(metrics)}`)).toEqual(warm);
  });

  it("gives integer durations and lacks what the record lacks", () => {
    const text = platformReport({ durationMs: 3000, billedDurationMs: 3000, memorySizeMB: 128 });
    const record = parse(text);
    expect(record).toMatchObject({ durationMs: 3000, billedMs: 3000, memorySizeMb: 128, cold: false });
    expect(record).not.toHaveProperty("maxMemoryUsedMb");
  });

  it("is cold with an init duration", () => {
    expect(parse(platformReport({ ...metrics, billedDurationMs: 344, initDurationMs: 216.5 }))).toEqual({
      ...warm,
      billedMs: 344,
      initMs: 216.5,
      cold: true,
    });
  });

  it("bills a SnapStart restore once", () => {
    const restored = { ...metrics, durationMs: 306.34, billedDurationMs: 610, restoreDurationMs: 654.45 };
    expect(parse(platformReport({ ...restored, billedRestoreDurationMs: 303 }))).toEqual({
      ...warm,
      durationMs: 306.34,
      billedMs: 610,
      restoreMs: 654.45,
      cold: true,
    });
  });

  it.each([
    [{ status: "timeout" }, { status: "timed-out" }],
    [
      { status: "error", errorType: "Runtime.OutOfMemory" },
      { status: "out-of-memory", errorType: "Runtime.OutOfMemory" },
    ],
    [
      { status: "error", errorType: "Runtime.ExitError" },
      { status: "error", errorType: "Runtime.ExitError" },
    ],
    [{ status: "failure" }, { status: "error" }],
  ])("reads %j", (fields, expected) => {
    expect(parse(platformReport(metrics, fields))).toMatchObject(expected);
  });

  it("takes the trace id, and its record in any key order with spaces", () => {
    const tracing = {
      spanId: "54565fb41ac79632",
      type: "X-Amzn-Trace-Id",
      value: `Root=${traceId};Parent=1;Sampled=1`,
    };
    const spans = [{ name: "responseLatency", start: "now", durationMs: 2.6 }];
    const record = { tracing, spans, status: "success", metrics, requestId: id };
    const text = JSON.stringify({ record, type: "platform.report", time: "now" }, null, 1).replaceAll("\n", " ");
    expect(parse(text)).toEqual({ ...warm, traceId });
  });

  it("has no trace id of an invocation that was not sampled", () => {
    const tracing = { value: `Root=${traceId};Sampled=0` };
    expect(parse(platformReport(metrics, { tracing }))).toEqual(warm);
  });

  it("finds a record on a line that the function's text shares", () => {
    expect(parse(`{ "open": "{ { ${platformReport(metrics)}`)).toEqual(warm);
    expect(parse(`done {"a":{"b":1}} ${platformReport(metrics).trimEnd()} } {"x":1}`)).toEqual(warm);
  });

  it("does not take a record that the function prints inside a string", () => {
    const fake = JSON.stringify({ message: platformReport({ ...metrics, durationMs: 1 }) });
    expect(parse(`${platformReport(metrics)}${fake}\n`)).toEqual(warm);
    expect(parse(fake)).toEqual({ kind: "unreadable", reason: "no-report" });
  });

  it.each([
    { ...metrics, durationMs: -1 },
    { ...metrics, durationMs: "127" },
    { ...metrics, billedDurationMs: 1.5 },
    { durationMs: 1, memorySizeMB: 128 },
    { ...metrics, initDurationMs: null },
  ])("is unreadable with metrics %j", (broken) => {
    expect(parse(platformReport(broken))).toEqual({ kind: "unreadable", reason: "incomplete-report" });
  });

  it("takes a request id that reads like a tiny number", () => {
    const other = "36043f1e-4001-4e-6-939a-754dd98c7be3";
    expect(parse(platformReport(metrics, { requestId: other }), other)).toMatchObject({ kind: "record" });
  });

  it("does not make a 0 of a number too small to hold", () => {
    expect(parse(platformReport(metrics).replace("127.1", "1e-400"))).toMatchObject({ kind: "unreadable" });
  });
});

describe("a tail with several records", () => {
  const fake = `REPORT RequestId: ${id}\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\t\n`;
  const other = fake.replace(id, "another-request");

  it("counts the last complete one", () => {
    expect(parse(fake + report(...basics))).toEqual(warm);
    expect(parse(`${fake}${report(...basics)}REPORT RequestId: ${id}\tDuration: 9`)).toEqual(warm);
    expect(parse(`${fake}${platformReport(metrics)}`)).toEqual(warm);
  });

  it("counts the one of the request that was asked for", () => {
    expect(parse(report(...basics) + other, id)).toEqual(warm);
    expect(parse(platformReport(metrics) + other, id)).toEqual(warm);
  });

  it("is unreadable when none is of the request that was asked for", () => {
    expect(parse(other, id)).toEqual({ kind: "unreadable", reason: "other-request" });
  });

  it("keeps two records on one line apart", () => {
    expect(parse(fake.trimEnd() + report(...basics))).toEqual(warm);
  });
});

describe("an init phase that Lambda broke off", () => {
  const brokenOff = "INIT_REPORT Init Duration: 10008.82 ms\tPhase: init\tStatus: timeout\t\n";
  const initReport = (status: string): string =>
    `${JSON.stringify({ time: "2026-09-19T10:00:00.000Z", type: "platform.initReport", record: { initializationType: "on-demand", phase: "init", status, metrics: { durationMs: 10008.82 } } })}\n`;

  it.each([
    ["a text line", brokenOff + report(...basics)],
    ["a text line of spaces", `${brokenOff.replaceAll("\t", " ")}${report(...basics)}`],
    [
      "one that an error ended",
      brokenOff.replace("timeout", "error\tError Type: Runtime.ExitError") + report(...basics),
    ],
    ["a JSON record", initReport("timeout") + platformReport(metrics)],
    ["a JSON record behind the function's text", `loading ${initReport("error")}${platformReport(metrics)}`],
  ])("makes a cold start of the invocation that it ran again in, by %s", (_, text) => {
    expect(parse(text)).toEqual({ ...warm, cold: true });
  });

  it.each([
    ["of one that went well", brokenOff.replace("timeout", "success") + report(...basics)],
    ["of one that went well, in JSON", initReport("success") + platformReport(metrics)],
    ["of an earlier invocation", brokenOff + report(...basics).replace(id, "another") + report(...basics)],
    ["that comes after the invocation", report(...basics) + brokenOff],
    ["that the function speaks of", `they say ${brokenOff}${report(...basics)}`],
    ["that is cut", `${initReport("timeout").slice(40)}${platformReport(metrics)}`],
  ])("does not by a report %s", (_, text) => {
    expect(parse(text)).toEqual(warm);
  });
});

describe("a tail without a record", () => {
  it.each([
    ["", "empty"],
    ["====", "not-base64"],
    ["not base64!", "not-base64"],
    ["A", "not-base64"],
    [base64("only the function's own text"), "no-report"],
    [base64("INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n"), "no-report"],
    [base64("ration: 12.00 ms\tBilled Duration: 12 ms\tMemory Size: 128 MB\n"), "no-report"],
    [base64(`REPORT RequestId: ${id}\tDuration: 12.00 ms\t\n`), "incomplete-report"],
    [base64('{"time":"now","type":"platform.report","record":{"requestId":"'), "incomplete-report"],
  ])("is unreadable (%s: %s)", (tail, reason) => {
    expect(parseLogTail(tail)).toEqual({ kind: "unreadable", reason });
  });
});
