import type { FunctionRunner, RunnerInvocation, RunnerResult } from "../../local/endpoint/function-runner.ts";

/** What a script says of one invocation; the rest is a success of 100 ms. */
export interface ScriptedAnswer {
  readonly durationMs?: number;
  readonly initMs?: number;
  readonly maxMemoryUsedMb?: number;
  readonly payload?: unknown;
  readonly error?: { readonly type: string; readonly message: string };
  readonly outcome?: "timed-out" | "out-of-memory";
  /** The function's own output. */
  readonly output?: string;
}

/** An invocation as a script sees it. */
export interface ScriptedInvocation extends RunnerInvocation {
  /** Counts the invocations of this runner from 0. */
  readonly index: number;
  /** Counts those of this version. */
  readonly indexOfVersion: number;
  readonly event: unknown;
}

/** A runner that answers as told, and remembers what it was sent. The first invocation of a version is cold. */
export const scriptedRunner = (
  answer: (invocation: ScriptedInvocation) => ScriptedAnswer | Promise<ScriptedAnswer> = () => ({}),
): FunctionRunner & { readonly invocations: readonly ScriptedInvocation[] } => {
  const invocations: ScriptedInvocation[] = [];
  return {
    invocations,
    invoke: async (given) => {
      const invocation: ScriptedInvocation = {
        ...given,
        index: invocations.length,
        indexOfVersion: invocations.filter(({ version }) => version === given.version).length,
        event: JSON.parse(Buffer.from(given.payload).toString()),
      };
      invocations.push(invocation);
      return resultOf(invocation, await answer(invocation));
    },
    retire: async () => undefined,
    close: async () => undefined,
  };
};

const resultOf = (invocation: ScriptedInvocation, answer: ScriptedAnswer): RunnerResult => {
  const { memorySizeMb, timeoutSeconds } = invocation;
  const durationMs = answer.outcome === "timed-out" ? timeoutSeconds * 1000 : (answer.durationMs ?? 100);
  const initMs = answer.initMs ?? (invocation.indexOfVersion === 0 ? 50 : undefined);
  const error = answer.error ?? errorOf(invocation, answer.outcome);
  const payload =
    error === undefined ? (answer.payload ?? null) : { errorType: error.type, errorMessage: error.message };
  return {
    payload: Buffer.from(JSON.stringify(payload)),
    ...(error === undefined ? {} : { functionError: "Unhandled" as const }),
    output: answer.output ?? "",
    report: {
      durationMs,
      billedDurationMs: Math.ceil(durationMs + (initMs ?? 0)),
      memorySizeMb,
      maxMemoryUsedMb: answer.outcome === "out-of-memory" ? memorySizeMb : (answer.maxMemoryUsedMb ?? 60),
      ...(initMs === undefined ? {} : { initDurationMs: initMs }),
      status: answer.outcome === "timed-out" ? "timeout" : error === undefined ? "success" : "error",
      ...(answer.outcome === "out-of-memory" ? { errorType: "Runtime.OutOfMemory" } : {}),
    },
  };
};

const errorOf = (
  { requestId, timeoutSeconds }: RunnerInvocation,
  outcome: ScriptedAnswer["outcome"],
): ScriptedAnswer["error"] => {
  if (outcome === "timed-out") {
    return {
      type: "Sandbox.Timedout",
      message: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds}.00 seconds`,
    };
  }
  if (outcome === "out-of-memory") {
    return {
      type: "Runtime.OutOfMemory",
      message: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    };
  }
  return undefined;
};
