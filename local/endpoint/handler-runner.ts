import type { FunctionRunner, RunnerInvocation, RunnerResult } from "./function-runner.ts";

/** A function of this process. @param event - Parsed JSON. @returns What JSON can hold. */
export type Handler = (event: unknown, signal: AbortSignal) => Promise<unknown>;

/** Runs a function in this process: no environment of its own, no limits. For functions that belong to the endpoint. */
export const handlerRunner = (handler: Handler): FunctionRunner => ({
  invoke: async (invocation) => {
    const startedAt = performance.now();
    try {
      const event: unknown = JSON.parse(Buffer.from(invocation.payload).toString("utf8"));
      const output = JSON.stringify((await handler(event, invocation.signal)) ?? null);
      return resultOf(invocation, startedAt, output, undefined);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      return resultOf(invocation, startedAt, JSON.stringify({ errorType: name, errorMessage: message }), name);
    }
  },
  retire: async () => undefined,
  close: async () => undefined,
});

const resultOf = (
  { memorySizeMb }: RunnerInvocation,
  startedAt: number,
  payload: string,
  errorType: string | undefined,
): RunnerResult => {
  const durationMs = Math.round((performance.now() - startedAt) * 100) / 100;
  return {
    payload: Buffer.from(payload),
    output: "",
    report: {
      durationMs,
      billedDurationMs: Math.ceil(durationMs),
      memorySizeMb,
      maxMemoryUsedMb: memorySizeMb,
      status: errorType === undefined ? "success" : "error",
      ...(errorType !== undefined && { errorType }),
    },
    ...(errorType !== undefined && { functionError: "Unhandled" as const }),
  };
};
