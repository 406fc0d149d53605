import type { SamplingContext } from "./decision.ts";

/** How much certainty method `adaptive` buys. */
export interface Preset {
  /** Sizes of the first round. */
  readonly anchorsMb: readonly number[];
  /** Warm calls at a new size: `calls.least + calls.perScale * (scale - 0.03)`, at most `calls.most`. */
  readonly calls: { readonly least: number; readonly perScale: number; readonly most: number };
  /** Warm calls that a finalist has had in the end. */
  readonly finalCalls: { readonly least: number; readonly perScale: number; readonly most: number };
  readonly finalists: number;
  /** Sizes added in one round. */
  readonly sizesPerRound: number;
  /** Expected gain, in logarithms of the objective, below which nothing more is measured. */
  readonly threshold: number;
  readonly rounds: number;
  readonly invocations: number;
}

export const presets: Readonly<Record<SamplingContext["sampling"]["preset"], Preset>> = {
  quick: {
    anchorsMb: [256, 512, 1024, 1769],
    calls: { least: 3, perScale: 10, most: 5 },
    finalCalls: { least: 4, perScale: 30, most: 12 },
    finalists: 1,
    sizesPerRound: 2,
    threshold: 0.02,
    rounds: 8,
    invocations: 100,
  },
  standard: {
    anchorsMb: [160, 320, 640, 1152, 1769],
    calls: { least: 4, perScale: 15, most: 6 },
    finalCalls: { least: 5, perScale: 40, most: 16 },
    finalists: 2,
    sizesPerRound: 2,
    threshold: 0.01,
    rounds: 8,
    invocations: 200,
  },
  thorough: {
    anchorsMb: [160, 320, 640, 1152, 1769],
    calls: { least: 5, perScale: 25, most: 10 },
    finalCalls: { least: 10, perScale: 80, most: 32 },
    finalists: 3,
    sizesPerRound: 2,
    threshold: 0.003,
    rounds: 12,
    invocations: 320,
  },
};
