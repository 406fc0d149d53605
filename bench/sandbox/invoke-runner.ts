import { randomUUID } from "node:crypto";
import type { FunctionRunner } from "../../local/endpoint/function-runner.ts";

/** How long an invocation took; what it lost to other programs is absent where the system does not tell. */
export interface Timed {
  readonly durationMs: number;
  readonly lostMs?: number;
}

/**
 * Invokes a function at a size, each size in an environment of its own.
 *
 * @returns The duration that the sandbox reports, and what of it was waiting for other programs, in milliseconds.
 * @throws {@link Error} when the function fails: a figure of a failure would say nothing.
 */
export const invokeRunner = async (runner: FunctionRunner, memorySizeMb: number, payload: object): Promise<Timed> => {
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
  const lostMs = result.contention?.lostMs;
  return { durationMs: result.report.durationMs, ...(lostMs === undefined ? {} : { lostMs }) };
};
