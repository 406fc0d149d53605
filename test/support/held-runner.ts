import type { FunctionRunner, RunnerInvocation, RunnerResult } from "../../local/endpoint/function-runner.ts";

/** A runner whose invocations last until they are released. */
export interface HeldRunner extends FunctionRunner {
  readonly invocations: readonly RunnerInvocation[];
  /** Versions that were retired, in order. */
  readonly retired: readonly string[];
  /** Waits until so many invocations are held at once. */
  holds(count: number): Promise<void>;
  releaseAll(result?: Partial<RunnerResult>): void;
}

/** Makes a runner that decides nothing by time: tests see its invocations and let them go. */
export const heldRunner = (): HeldRunner => {
  const invocations: RunnerInvocation[] = [];
  const retired: string[] = [];
  let held: { readonly invocation: RunnerInvocation; readonly end: (result: RunnerResult) => void }[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  return {
    invocations,
    retired,
    invoke: (invocation) =>
      new Promise((end) => {
        invocations.push(invocation);
        held.push({ invocation, end });
        for (const { count, resolve } of waiting) if (held.length >= count) resolve();
        waiting = waiting.filter(({ count }) => held.length < count);
      }),
    holds: (count) =>
      new Promise((resolve) => {
        if (held.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    releaseAll: (result = {}) => {
      for (const { invocation, end } of held) end({ ...success(invocation), ...result });
      held = [];
    },
    retire: async (version) => {
      retired.push(version);
    },
    close: async () => undefined,
  };
};

const success = ({ memorySizeMb }: RunnerInvocation): RunnerResult => ({
  payload: Buffer.from("null"),
  output: "",
  report: { durationMs: 1, billedDurationMs: 1, memorySizeMb, maxMemoryUsedMb: 50, status: "success" },
});
