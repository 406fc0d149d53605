import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { RunnerInvocation } from "../../../../local/endpoint/function-runner.ts";
import { answerOf, functionFile, keepSandboxOpen, sandboxed } from "../support/sandboxed.ts";

keepSandboxOpen();

const run = async (target: string, event: unknown = {}, overrides: Partial<RunnerInvocation> = {}) => {
  const { invoke } = await sandboxed(functionFile(target));
  return invoke(event, overrides);
};

it.each([
  ["answer", { answered: 7 }],
  ["late", "late"],
  ["waitsForTheRest", { rest: "finished" }],
  ["doesNotWait", "at once"],
  ["silent", null],
])("runs the callback handler %s", async (name, expected) => {
  const result = await run(`callbacks.cjs:${name}`, { value: 7 });
  expect(result.functionError).toBeUndefined();
  expect(answerOf(result)).toEqual(expected);
});

it("reports the error of a callback", async () => {
  expect(answerOf(await run("callbacks.cjs:fail"))).toMatchObject({
    errorType: "RangeError",
    errorMessage: "by callback",
  });
});

it("finds a handler inside an exported object", async () => {
  expect(answerOf(await run("callbacks.cjs:nested.deeper.handler", {}, { requestId: "nested" }))).toEqual({
    id: "nested",
  });
});

it("waits for top-level await", async () => {
  expect(answerOf(await run("top-level-await.mjs"))).toBe("ready");
});

it("puts the parts of a streamed response together", async () => {
  const result = await run("streaming.mjs:parts", { count: 3 });
  expect(result.functionError).toBeUndefined();
  expect(Buffer.from(result.payload).toString()).toBe("part 0;part 1;part 2;");
});

it("puts the prelude of an HTTP response before its body", async () => {
  const [prelude, body] = Buffer.from((await run("streaming.mjs:page")).payload)
    .toString()
    .split("\0".repeat(8));
  expect(JSON.parse(prelude ?? "")).toEqual({ statusCode: 201 });
  expect(body).toBe("body");
});

it("reports an error in the middle of a stream", async () => {
  const result = await run("streaming.mjs:broken");
  expect(result.functionError).toBe("Handled");
  expect(answerOf(result)).toMatchObject({ errorType: "RangeError", errorMessage: "in the middle" });
});

it.each([
  ["fails-to-load.mjs", "RangeError", "no configuration"],
  ["lacks-a-package.mjs", "Runtime.ImportModuleError", "a-package-that-is-not-there"],
  ["callbacks.cjs:missing", "Runtime.HandlerNotFound", "exports: answer, doesNotWait, fail"],
  ["exits-while-loading.mjs", "Runtime.ExitError", "exit status 7"],
])("shows why %s does not start", async (target, errorType, message) => {
  const result = await run(target);
  expect(result.functionError).toBe("Unhandled");
  expect(answerOf(result)).toMatchObject({ errorType, errorMessage: expect.stringContaining(message) });
  expect(result.report).toMatchObject({ status: "error", errorType });
});

it("starts an environment that takes too long once more, within the function's timeout", async () => {
  const folder = mkdtempSync(join(tmpdir(), "slow-to-load-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { invoke } = await sandboxed(functionFile("slow-to-load.mjs"), { initLimitMs: 1000 });
  const result = await invoke({}, { environment: { MARK_FILE: join(folder, "mark") } });
  expect(answerOf(result)).toBe("at last");
  expect(result.report).toMatchObject({ status: "success", brokenOffInitMs: 1000 });
  expect(result.report.initDurationMs).toBeUndefined();
});

it("gives the handler Lambda's context", async () => {
  const overrides = { requestId: "the-id", version: "7", memorySizeMb: 512, timeoutSeconds: 20 };
  expect(answerOf(await run("context.mjs", {}, overrides))).toEqual({
    callbackWaitsForEmptyEventLoop: true,
    functionName: "tested",
    functionVersion: "7",
    memoryLimitInMB: "512",
    logGroupName: "/aws/lambda/tested",
    logStreamName: expect.stringContaining("[7]"),
    invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:tested",
    awsRequestId: "the-id",
    remainingMs: expect.any(Number),
  });
});

it("writes log lines as Lambda does", async () => {
  const { output } = await run("misbehaving.mjs", { act: "log" }, { requestId: "the-id" });
  const timestamp = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
  expect(output).toMatch(
    new RegExp(
      `^${timestamp}\tthe-id\tINFO\ttwo\rlines { of: 'output' }\n${timestamp}\tthe-id\tERROR\ttrouble\nraw\n$`,
    ),
  );
});

it("writes one JSON object a line when the log format is JSON", async () => {
  const { output } = await run("misbehaving.mjs", { act: "log" }, { requestId: "the-id", logFormat: "JSON" });
  const [first, second] = output
    .split("\n")
    .slice(0, 2)
    .map((line): unknown => JSON.parse(line));
  expect(first).toMatchObject({ level: "INFO", requestId: "the-id", message: "two\nlines { of: 'output' }" });
  expect(second).toMatchObject({ level: "ERROR", message: "trouble" });
});
