import type { Estimate } from "../run/run-state.ts";
import type { Job } from "../sampling/decision.ts";
import type { TuningRequest } from "../request/schema.ts";
import { requestLimits } from "../request/limits.ts";
import { transitionsOf } from "./transitions.ts";

/** What an estimate is made from. */
export interface EstimateInput {
  /** The first round; with method `fixed` it is the whole run. */
  readonly jobs: readonly Job[];
  readonly sampling: TuningRequest["sampling"];
  readonly budget: TuningRequest["budget"];
  /** The target's own timeout: no invocation takes longer. */
  readonly timeoutSeconds: number;
  /** Prices of the target's region and architecture, in US dollars. */
  readonly prices: {
    readonly usdPerGbSecond: number;
    readonly usdPerRequest: number;
    readonly usdPerStateTransition: number;
  };
  /** A duration of the target in milliseconds that is known, and the size it was seen at. */
  readonly known?: { readonly durationMs: number; readonly memorySizeMb: number };
  /** Sizes measured at once. */
  readonly sizesAtOnce: number;
}

/** Invocations and rounds of the adaptive method by preset: as a rule, and when it is hard to decide. */
const adaptiveEffort = {
  quick: { expected: 35, worst: 100, expectedRounds: 4, worstRounds: 14 },
  standard: { expected: 54, worst: 200, expectedRounds: 5, worstRounds: 14 },
  thorough: { expected: 120, worst: 320, expectedRounds: 9, worstRounds: 18 },
} as const;

/** Duration at 1,024 MB that an unknown target is assumed to have, in milliseconds. */
const assumedDurationMs = 1000;
const assumedAtMb = 1024;
/** Between CPU-bound (1) and I/O-bound (0): how fast duration falls with memory when nothing is known. */
const assumedSlope = 0.5;
/** What publishing one version takes, with its update before it. */
const secondsPerVersion = 4;

/**
 * What a run will cost and how long it will take, before anything runs.
 *
 * Expected: the usual number of invocations at a known duration, or at an assumed one of a second at 1,024 MB. Worst
 * case: as many invocations as the method may make, each as long as the target's timeout; a spend limit caps both.
 *
 * @returns Amounts in US dollars: compute and requests of the target, and state transitions.
 */
export const estimateSpend = (input: EstimateInput): Estimate => {
  const effort = effortOf(input);
  const expected = spend(input, effort.expected, effort.expectedRounds, (mb) => expectedMs(input, mb));
  const worst = spend(input, effort.worst, effort.worstRounds, () => input.timeoutSeconds * 1000);
  const limitUsd = input.budget.maxUsd ?? Number.POSITIVE_INFINITY;
  return {
    invocations: effort.expected,
    expectedUsd: Math.min(expected.usd, limitUsd),
    worstCaseUsd: Math.min(Math.max(worst.usd, expected.usd), limitUsd),
    expectedSeconds: expected.seconds,
    worstCaseSeconds: Math.max(worst.seconds, expected.seconds),
  };
};

/** The least that the first round costs, in US dollars: fees alone, as if every invocation took no time. */
export const leastSpendUsd = (input: EstimateInput): number =>
  spend({ ...input, sampling: { ...input.sampling, method: "fixed" } }, invocationsOf(input.jobs), 1, () => 1).usd;

interface Effort {
  readonly expected: number;
  readonly worst: number;
  readonly expectedRounds: number;
  readonly worstRounds: number;
}

const effortOf = ({ jobs, sampling, budget }: EstimateInput): Effort => {
  const planned = invocationsOf(jobs);
  const effort: Effort =
    sampling.method === "fixed"
      ? { expected: planned, worst: planned, expectedRounds: 1, worstRounds: 1 }
      : adaptiveEffort[sampling.preset];
  const limit = Math.min(
    sampling.maxInvocations ?? requestLimits.invocations,
    budget.maxInvocations ?? requestLimits.invocations,
  );
  return {
    ...effort,
    expected: Math.min(Math.max(effort.expected, planned), limit),
    worst: Math.min(Math.max(effort.worst, planned), limit),
  };
};

/** Every lane's first invocation is cold and comes on top. */
const invocationsOf = (jobs: readonly Job[]): number =>
  jobs.reduce((sum, { warm, cold, lanes }) => sum + warm + cold + lanes, 0);

const expectedMs = ({ known, timeoutSeconds }: EstimateInput, memorySizeMb: number): number => {
  const { durationMs, memorySizeMb: seenAtMb } = known ?? {
    durationMs: assumedDurationMs,
    memorySizeMb: assumedAtMb,
  };
  return Math.min(timeoutSeconds * 1000, durationMs * (seenAtMb / memorySizeMb) ** assumedSlope);
};

/** Spreads the invocations over the first round's sizes in its own proportions: later rounds are not known yet. */
const spend = (
  { jobs, prices, sizesAtOnce }: EstimateInput,
  invocations: number,
  rounds: number,
  durationMsAt: (memorySizeMb: number) => number,
): { usd: number; seconds: number } => {
  const planned = invocationsOf(jobs);
  const scale = planned === 0 ? 0 : invocations / planned;
  const compute = jobs.reduce((sum, job) => {
    const gbSeconds = (job.memorySizeMb / 1024) * (durationMsAt(job.memorySizeMb) / 1000);
    return sum + invocationsOf([job]) * (gbSeconds * prices.usdPerGbSecond + prices.usdPerRequest);
  }, 0);
  const sequentialSeconds = jobs.reduce(
    (sum, job) => sum + (invocationsOf([job]) / job.lanes) * (durationMsAt(job.memorySizeMb) / 1000),
    0,
  );
  const transitions = transitionsOf({ rounds, sizesPerRound: jobs.length });
  return {
    usd: compute * scale + transitions * prices.usdPerStateTransition,
    seconds: (sequentialSeconds * scale) / Math.max(1, sizesAtOnce) + jobs.length * secondsPerVersion,
  };
};
