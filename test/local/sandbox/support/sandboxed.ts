import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import type { FunctionRunner, RunnerInvocation, RunnerResult } from "../../../../local/endpoint/function-runner.ts";
import { type CodeRunnerOptions, createCodeRunner } from "../../../../local/sandbox/code-runner.ts";
import { resolveCodeTarget } from "../../../../local/sandbox/code-target.ts";

/** Path of a function that the tests bring. */
export const functionFile = (name: string): string => join(import.meta.dirname, "..", "functions", name);

/** A function in the sandbox, with what a test wants to say about an invocation and defaults for the rest. */
export interface Sandboxed {
  readonly runner: FunctionRunner;
  readonly invoke: (event: unknown, overrides?: Partial<RunnerInvocation>) => Promise<RunnerResult>;
}

/** Puts a target into the sandbox until the test ends. */
export const sandboxed = async (target: string, options: CodeRunnerOptions = {}): Promise<Sandboxed> => {
  const opened = await openSandbox(target, options);
  onTestFinished(() => opened.runner.close());
  return opened;
};

/** Puts a target into the sandbox; the caller closes the runner. */
export const openSandbox = async (target: string, options: CodeRunnerOptions = {}): Promise<Sandboxed> => {
  const runner = await createCodeRunner(await resolveCodeTarget(target), options);
  return { runner, invoke: (event, overrides) => runner.invoke(invocation(event, overrides)) };
};

export const invocation = (event: unknown, overrides: Partial<RunnerInvocation> = {}): RunnerInvocation => ({
  functionName: "tested",
  invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:tested",
  version: "1",
  memorySizeMb: 1769,
  timeoutSeconds: 20,
  environment: {},
  logFormat: "Text",
  requestId: randomUUID(),
  payload: Buffer.from(JSON.stringify(event)),
  signal: new AbortController().signal,
  ...overrides,
});

/** The JSON that a result carries. */
export const answerOf = (result: RunnerResult): unknown => JSON.parse(Buffer.from(result.payload).toString("utf8"));

/** Keeps the sandbox itself open for the tests of a file: starting its thread takes longer than most of them. */
export const keepSandboxOpen = (): void => {
  let opened: Sandboxed | undefined;
  beforeAll(async () => {
    opened = await openSandbox(functionFile("misbehaving.mjs"));
  });
  afterAll(() => opened?.runner.close());
};
