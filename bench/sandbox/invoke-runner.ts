import { randomUUID } from "node:crypto";
import type { FunctionRunner } from "../../local/endpoint/function-runner.ts";

/**
 * Invokes a function at a size, each size in an environment of its own.
 *
 * @returns The duration that the sandbox reports, in milliseconds.
 * @throws {@link Error} when the function fails: a figure of a failure would say nothing.
 */
export const invokeRunner = async (runner: FunctionRunner, memorySizeMb: number, payload: object): Promise<number> => {
  const result = await runner.invoke({
    functionName: "bench",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:bench",
    version: String(memorySizeMb),
    memorySizeMb,
    timeoutSeconds: 60,
    environment: {},
    logFormat: "Text",
    requestId: randomUUID(),
    payload: Buffer.from(JSON.stringify(payload)),
    signal: new AbortController().signal,
  });
  if (result.functionError !== undefined) throw new Error(Buffer.from(result.payload).toString("utf8"));
  return result.report.durationMs;
};
