import { linearRegression, linearRegressionLine } from "simple-statistics";
import { type Grid, kernelSum, neighbourDistance, normalDensity } from "../statistics/kernel-density.ts";
import { type ShiftLocation, shiftLocation } from "../statistics/shift-location.ts";
import { sharedLawProbability } from "./shared-law-probability.ts";

/** Log durations of one size, and a first guess of where they lie. */
export interface LawSample {
  /** Memory in octaves over 1 GB. */
  readonly octaves: number;
  readonly values: readonly number[];
  readonly guess: number;
}

/** What the samples say if the durations of all sizes follow one law, but for a factor. */
export interface SharedLaw {
  /** Probability that they do. */
  readonly probability: number;
  /** Of each size: logarithm of the mean, and its variance by sampling noise. */
  readonly sizes: readonly { readonly logMean: number; readonly variance: number }[];
}

/** Where a log duration may lie around its size's location. */
const grid: Grid = { from: -4, step: 0.01, places: 1101 };
/** The law before any sample, in logarithms: a narrow and a wide part, and how many samples the belief weighs. */
const prior = { weight: 2, narrow: { mean: 0, sd: 0.1 }, wide: { mean: 0.3, sd: 1.2 } } as const;
/** Sd of the kernels: a share of the distance to the nearest of all values, within bounds. */
const kernel = { share: 0.7, least: 0.012, most: 0.5, leastNeighbours: 3 } as const;
const passes = 4;
/** No density is smaller: rounding leaves a little less than nothing where only the size itself has samples. */
const leastDensity = 1e-9;

/**
 * Aligns the samples of all sizes: finds the shifts after which they look like samples of one law.
 *
 * The law is estimated from the aligned samples of the other sizes, so that no size is compared with itself, and the
 * samples are aligned anew, a few times over. A body with two sharp peaks or with outliers of many kinds locates a size far
 * better by its peaks than by its mean. Peaks can be taken for one another: of two starts, the sizes' own guesses and a
 * straight line through them, the alignment is kept under which the samples are the more probable.
 *
 * @param samples - Of at least one size, each of at least one value.
 */
export const sharedLaw = (samples: readonly LawSample[]): SharedLaw => {
  const located = [samples.map(({ guess }) => guess), lineThrough(samples)]
    .map((guesses) => aligned(samples, guesses))
    .reduce((a, b) => (evidenceOf(b) > evidenceOf(a) ? b : a));
  const residuals = residualsOf(samples, located);
  const factors = residuals.flat().map(Math.exp);
  const logFactor = Math.log(factors.reduce((sum, factor) => sum + factor, 0) / factors.length);
  return {
    probability: sharedLawProbability(
      samples.flatMap(({ octaves }, index) => (residuals[index] ?? []).map((residual) => ({ octaves, residual }))),
    ),
    sizes: located.map(({ location, variance }) => ({ logMean: location + logFactor, variance })),
  };
};

const aligned = (samples: readonly LawSample[], guesses: readonly number[]): ShiftLocation[] => {
  let located = guesses.map((location): ShiftLocation => ({ location, variance: 1, logEvidence: 0 }));
  for (let pass = 0; pass < passes; pass++) {
    const laws = lawsOfOthers(residualsOf(samples, located));
    located = samples.map(({ values, guess }, index) =>
      shiftLocation(values, guesses[index] ?? guess, grid, laws[index] ?? new Float64Array(grid.places)),
    );
  }
  return located;
};

const evidenceOf = (located: readonly ShiftLocation[]): number =>
  located.reduce((sum, { logEvidence }) => sum + logEvidence, 0);

/** Log durations of a power law of memory through the guesses, each weighing by its samples. */
const lineThrough = (samples: readonly LawSample[]): number[] => {
  const line = linearRegression(samples.flatMap(({ octaves, values, guess }) => values.map(() => [octaves, guess])));
  const at = linearRegressionLine(line);
  return samples.map(({ octaves, guess }) => (Number.isFinite(line.m) ? at(octaves) : guess));
};

const residualsOf = (samples: readonly LawSample[], located: readonly ShiftLocation[]): number[][] =>
  samples.map(({ values, guess }, index) => values.map((value) => value - (located[index]?.location ?? guess)));

/** For each size the logarithm of the law's density, as the residuals of the other sizes tell it. */
const lawsOfOthers = (residuals: readonly (readonly number[])[]): Float64Array[] => {
  const sorted = residuals.flat().sort((a, b) => a - b);
  const neighbours = Math.max(kernel.leastNeighbours, Math.round(Math.sqrt(sorted.length)));
  const sums = residuals.map((values) =>
    kernelSum(
      grid,
      values.map((value) => ({ value, bandwidth: bandwidthOf(neighbourDistance(sorted, value, neighbours)) })),
    ),
  );
  const all = Float64Array.from(priorSum);
  for (const sum of sums) for (const [place, value] of sum.entries()) all[place] = (all[place] ?? 0) + value;
  return sums.map((own, index) => {
    const weight = prior.weight + sorted.length - (residuals[index]?.length ?? 0);
    return all.map((value, place) => Math.log(Math.max(leastDensity, (value - (own[place] ?? 0)) / weight)));
  });
};

const bandwidthOf = (distance: number): number =>
  Math.max(kernel.least, Math.min(kernel.most, kernel.share * distance));

const priorSum = Float64Array.from({ length: grid.places }, (_, place) => {
  const at = grid.from + place * grid.step;
  const { weight, narrow, wide } = prior;
  return 0.5 * weight * (normalDensity(at - narrow.mean, narrow.sd) + normalDensity(at - wide.mean, wide.sd));
});
