import type { SamplingContext } from "./decision.ts";

/** How much certainty method `adaptive` buys. */
export interface Preset {
  /** Sizes of the first round. */
  readonly anchorsMb: readonly number[];
  /** Warm calls at a new size: `calls.least + calls.perScale * (scale - 0.03)`, at most `calls.most`. */
  readonly calls: CallCounts;
  /** Warm calls that a winner has had in the end. */
  readonly finalCalls: CallCounts;
  /** Sizes measured in one round at most. */
  readonly sizesPerRound: number;
  /** Expected gain, in logarithms of the objective, below which no size is explored. */
  readonly threshold: number;
  /** Expected gain, in logarithms of the objective, below which no further calls are spent on the best sizes. */
  readonly raceThreshold: number;
  /** Spend, as a multiple of the first round's, from which the thresholds rise with the square of the spend. */
  readonly patience: number;
  readonly rounds: number;
  readonly invocations: number;
}

/** A count of calls that grows with the noise of a function, between bounds. */
export interface CallCounts {
  readonly least: number;
  readonly perScale: number;
  readonly most: number;
}

export const presets: Readonly<Record<SamplingContext["sampling"]["preset"], Preset>> = {
  quick: {
    anchorsMb: [256, 640, 1769],
    calls: { least: 3, perScale: 10, most: 5 },
    finalCalls: { least: 4, perScale: 30, most: 12 },
    sizesPerRound: 2,
    threshold: 0.012,
    raceThreshold: 0.006,
    patience: 0.85,
    rounds: 8,
    invocations: 100,
  },
  standard: {
    anchorsMb: [192, 512, 1024, 1769],
    calls: { least: 3, perScale: 15, most: 6 },
    finalCalls: { least: 5, perScale: 40, most: 16 },
    sizesPerRound: 3,
    threshold: 0.0078,
    raceThreshold: 0.0035,
    patience: 0.95,
    rounds: 8,
    invocations: 130,
  },
  thorough: {
    anchorsMb: [160, 320, 640, 1152, 1769],
    calls: { least: 5, perScale: 25, most: 12 },
    finalCalls: { least: 12, perScale: 80, most: 40 },
    sizesPerRound: 3,
    threshold: 0.0025,
    raceThreshold: 0.001,
    patience: 2.1,
    rounds: 12,
    invocations: 400,
  },
};

/** How much a run may use up before it ends without certainty. */
export interface Allowance {
  readonly rounds: number;
  /** Cold starts that the request forces come on top. */
  readonly invocations: number;
}

/**
 * Objectives that look for a threshold take its steps one after the other, and showing a percentile takes calls of its own:
 * 59 for the p95 at 95 %, 299 for the p99.
 */
const allowances: Readonly<Record<"speed" | "slo", Readonly<Record<keyof typeof presets, Allowance>>>> = {
  speed: {
    quick: { rounds: 10, invocations: 120 },
    standard: { rounds: 12, invocations: 180 },
    thorough: { rounds: 16, invocations: 400 },
  },
  slo: {
    quick: { rounds: 10, invocations: 160 },
    standard: { rounds: 12, invocations: 320 },
    thorough: { rounds: 16, invocations: 700 },
  },
};

/** What the preset allows for the objective. */
export const allowanceOf = ({ objective, sampling }: Pick<SamplingContext, "objective" | "sampling">): Allowance =>
  objective.kind === "speed" || objective.kind === "slo"
    ? allowances[objective.kind][sampling.preset]
    : presets[sampling.preset];
