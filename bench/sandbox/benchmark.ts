import { join } from "node:path";
import { mean, quantileSorted } from "simple-statistics";
import { oneVcpuMb } from "../../core/units.ts";
import type { FunctionRunner } from "../../local/endpoint/function-runner.ts";
import { type CodeRunnerOptions, createCodeRunner } from "../../local/sandbox/code-runner.ts";
import { resolveCodeTarget } from "../../local/sandbox/code-target.ts";
import { timeColdStarts, timeWarmInvocations } from "./endpoint-times.ts";
import { invokeRunner, type Timed } from "./invoke-runner.ts";

/** How durations at one size compare with those at 1,769 MB. */
export interface SizeResult {
  readonly memorySizeMb: number;
  readonly meanMs: number;
  /** Mean over what the law says: 1 is exact. CPU-bound work takes 1/m below 1,769 MB; all else is flat. */
  readonly ratioToLaw: number;
  /** Share of the mean that was waiting for other programs, rather too little than too much; absent where unknown. */
  readonly lostShare?: number;
  readonly n: number;
}

export interface SandboxReport {
  readonly cpuBound: readonly SizeResult[];
  readonly ioBound: readonly SizeResult[];
  /** A warm invocation of a function that does nothing, from an HTTP client through the endpoint and back. */
  readonly warmOverheadMs: { readonly p50: number; readonly p99: number };
  /** The same when the environment has to be started first. */
  readonly coldStartMs: { readonly p50: number };
  readonly backend: string;
}

export interface SandboxBenchmark extends Pick<CodeRunnerOptions, "backend"> {
  /** Invocations measured at each size. */
  readonly repeats: number;
}

const sizesMb = [256, 512, 1024, oneVcpuMb, 3008];

/** Measures how well the sandbox keeps Lambda's law of CPU by memory, and what it costs itself. */
export const benchmarkSandbox = async ({ repeats, ...options }: SandboxBenchmark): Promise<SandboxReport> => {
  const compute = await openRunner("compute.mjs", options);
  const wait = await openRunner("wait.mjs", options);
  const nothing = await openRunner("nothing.mjs", options);
  try {
    const rounds = await roundsOf200Ms(compute);
    return {
      cpuBound: await compareSizes(compute, { rounds }, repeats, (mb) => Math.max(1, oneVcpuMb / mb)),
      ioBound: await compareSizes(wait, { waitMs: 100 }, repeats, () => 1),
      warmOverheadMs: quantiles(await timeWarmInvocations(nothing)),
      coldStartMs: { p50: quantiles(await timeColdStarts(nothing)).p50 },
      backend: compute.cpu?.backend ?? "unknown",
    };
  } finally {
    await Promise.all([compute, wait, nothing].map((runner) => runner.close()));
  }
};

const openRunner = async (file: string, options: CodeRunnerOptions): Promise<FunctionRunner> =>
  createCodeRunner(await resolveCodeTarget(join(import.meta.dirname, file)), options);

/** How many rounds take about 200 ms on one core of this machine: ten periods of a quota. */
const roundsOf200Ms = async (runner: FunctionRunner): Promise<number> => {
  const probe = 10_000_000;
  const durations: number[] = [];
  for (let i = 0; i < 5; i++) durations.push((await invokeRunner(runner, oneVcpuMb, { rounds: probe })).durationMs);
  return Math.round((probe * 200) / Math.min(...durations));
};

/** Sizes take turns, so that a machine that changes its pace does so for all of them. */
const compareSizes = async (
  runner: FunctionRunner,
  payload: object,
  repeats: number,
  law: (memorySizeMb: number) => number,
): Promise<readonly SizeResult[]> => {
  const timed = new Map<number, Timed[]>(sizesMb.map((mb) => [mb, []]));
  const warmUps = 2;
  for (let turn = -warmUps; turn < repeats; turn++) {
    for (const mb of sizesMb) {
      const one = await invokeRunner(runner, mb, payload);
      if (turn >= 0) timed.get(mb)?.push(one);
    }
  }
  const atOneVcpu = meanMsOf(timed.get(oneVcpuMb) ?? []);
  return [...timed].map(([memorySizeMb, measured]) => ({
    memorySizeMb,
    meanMs: meanMsOf(measured),
    ratioToLaw: meanMsOf(measured) / (atOneVcpu * law(memorySizeMb)),
    ...lostShareOf(measured),
    n: measured.length,
  }));
};

const meanMsOf = (measured: readonly Timed[]): number => mean(measured.map(({ durationMs }) => durationMs));

const lostShareOf = (measured: readonly Timed[]): Pick<SizeResult, "lostShare"> => {
  const lost = measured.flatMap(({ lostMs }) => lostMs ?? []);
  return lost.length === 0 ? {} : { lostShare: Math.max(0, mean(lost)) / meanMsOf(measured) };
};

const quantiles = (times: readonly number[]): { p50: number; p99: number } => {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: quantileSorted(sorted, 0.5), p99: quantileSorted(sorted, 0.99) };
};
