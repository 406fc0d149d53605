import { requestLimits } from "../request/limits.ts";
import type { TuningRequest } from "../request/schema.ts";
import type { Job } from "../sampling/decision.ts";
import { allowanceOf, presets } from "../sampling/presets.ts";
import { invocationLimit } from "../sampling/spend.ts";

/** What of a run is known before it begins. */
export interface PlannedRun {
  /** The first round; with method `fixed` it is the whole run. */
  readonly jobs: readonly Job[];
  readonly objective: TuningRequest["objective"];
  readonly sampling: TuningRequest["sampling"];
  readonly budget: TuningRequest["budget"];
  /** How many sizes the request lets a run measure. */
  readonly allowedSizes: number;
}

/** How much a run does. */
export interface Extent {
  /** Of the target. */
  readonly invocations: number;
  readonly rounds: number;
  /** Sizes measured. */
  readonly sizes: number;
}

type Preset = TuningRequest["sampling"]["preset"];

/**
 * What runs of the adaptive method over all sizes come to on average, without forced cold starts: docs/statistics.md, and for
 * what it leaves out 20 functions of the benchmark, in proportion to the preset `standard`.
 */
const usualExtents: Readonly<Record<"cost" | "speed" | "slo", Readonly<Record<Preset, Extent>>>> = {
  cost: {
    quick: { invocations: 42, rounds: 4, sizes: 6 },
    standard: { invocations: 55, rounds: 5, sizes: 8 },
    thorough: { invocations: 123, rounds: 6, sizes: 11 },
  },
  speed: {
    quick: { invocations: 80, rounds: 9, sizes: 9 },
    standard: { invocations: 96, rounds: 9, sizes: 9 },
    thorough: { invocations: 185, rounds: 11, sizes: 12 },
  },
  slo: {
    quick: { invocations: 110, rounds: 6, sizes: 8 },
    standard: { invocations: 172, rounds: 7, sizes: 10 },
    thorough: { invocations: 200, rounds: 7, sizes: 10 },
  },
};

/** Where the first round measures all sizes that there are, a run makes so many times its invocations, in so many rounds. */
const usualRepeats = { cost: 2.5, speed: 2.5, slo: 6.5 } as const;
const usualRepeatedRounds = 3;

/** That of the first round. */
export const plannedExtent = ({ jobs }: PlannedRun): Extent => ({
  invocations: invocationsOf(jobs),
  rounds: 1,
  sizes: jobs.length,
});

/** What is to be expected. */
export const usualExtent = (run: PlannedRun): Extent => {
  const { jobs, objective, sampling, allowedSizes } = run;
  if (isOneRound(run)) return plannedExtent(run);
  const kind = objective.kind === "balanced" ? "cost" : objective.kind;
  const usual = usualExtents[kind][sampling.preset];
  if (jobs.length < allowedSizes) {
    return withForcedColdStarts(run, { ...usual, sizes: Math.min(usual.sizes, allowedSizes) });
  }
  const repeated = Math.round(usualRepeats[kind] * invocationsOf(jobs.map((job) => ({ ...job, cold: 0 }))));
  return withForcedColdStarts(run, {
    invocations: Math.min(usual.invocations, repeated),
    rounds: Math.min(usual.rounds, usualRepeatedRounds),
    sizes: jobs.length,
  });
};

/** As much as the method may do, if every round measures as many new sizes as it may. */
export const largestExtent = (run: PlannedRun): Extent => {
  const { jobs, sampling, allowedSizes } = run;
  if (isOneRound(run)) return plannedExtent(run);
  const { invocations, rounds } = allowanceOf(run);
  const sizes = Math.min(allowedSizes, jobs.length + (rounds - 1) * presets[sampling.preset].sizesPerRound);
  return withForcedColdStarts(run, { invocations, rounds, sizes });
};

/** Whether nothing can follow the first round: a single size is compared with none. */
const isOneRound = ({ sampling, allowedSizes }: PlannedRun): boolean =>
  sampling.method === "fixed" || allowedSizes === 1;

/** With the cold starts that the request forces at every size, no less than the first round, and within the request's limits. */
const withForcedColdStarts = ({ jobs, sampling, budget }: PlannedRun, extent: Extent): Extent => {
  const forced = Math.min(requestLimits.versions, extent.sizes * sampling.coldStarts);
  const invocations = Math.max(extent.invocations + forced, invocationsOf(jobs));
  return { ...extent, invocations: Math.min(invocations, invocationLimit({ sampling, budget })) };
};

/** Every lane's first invocation is cold and comes on top. */
export const invocationsOf = (jobs: readonly Job[]): number =>
  jobs.reduce((sum, { warm, cold, lanes }) => sum + warm + cold + lanes, 0);
