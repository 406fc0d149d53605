import { fitGaussian, type GaussianFit, mixPosteriors, predictGaussian } from "../statistics/gaussian-process.ts";
import { normalisedShares } from "../statistics/normalised-shares.ts";
import { type CurveBelief, curveBeliefs, octavesOf, priorCovariance, priorMean } from "./curve-beliefs.ts";
import type { Estimates } from "./estimate-sizes.ts";
import type { TailBelief } from "./tail-law.ts";

/** The logarithm of mean billed duration at given sizes, as far as the samples tell it: jointly normal. */
export interface FittedCurve {
  readonly sizesMb: readonly number[];
  /** Logarithm of mean billed milliseconds. */
  readonly mean: Float64Array;
  /** Covariance of those logarithms, without the tail's part that all sizes share. */
  readonly covariance: readonly Float64Array[];
}

/** Variance of the difference of a curve's logarithms at two of its sizes, by their places; 0 or more. */
export const differenceVariance = ({ covariance }: FittedCurve, a: number, b: number): number =>
  Math.max(0, (covariance[a]?.[a] ?? 0) + (covariance[b]?.[b] ?? 0) - 2 * (covariance[a]?.[b] ?? 0));

/** Sd of the logarithm of an environment's own speed. */
export const hostSd = 0.03;
/** Sd of the logarithm of the speed at the time of a round. */
export const roundSd = 0.025;
const nuggetSd = 0.01;

/** Beliefs with a smaller share than this are left out. */
const negligible = 5e-3;

/**
 * Fits a curve through the estimates: log duration over log memory.
 *
 * Many beliefs about it are averaged by their evidence (see {@link curveBeliefs}), so that cliffs are followed where the
 * samples show them and not elsewhere.
 *
 * @param estimates - Of at least one size, ascending by memory.
 * @param sizesMb - Where the curve is wanted.
 */
export const fitCurve = (estimates: Estimates, sizesMb: readonly number[]): FittedCurve => {
  const { x, kept } = beliefsOf(estimates);
  const places = sizesMb.map(octavesOf);
  const across = priorCovariance(places, x);
  const wanted = priorCovariance(places, places);
  const posteriors = kept.map(({ belief, fit }) =>
    predictGaussian(fit, {
      mean: priorMean(belief, places),
      crossCovariance: across(belief),
      covariance: wanted(belief),
    }),
  );
  const { mean, covariance } = mixPosteriors(
    posteriors,
    kept.map(({ share }) => share),
  );
  return { sizesMb, mean, covariance };
};

/** The beliefs that the samples leave, with what they make of them. */
interface FittedBeliefs {
  /** Places of the observations, in octaves over 1 GB. */
  readonly x: readonly number[];
  readonly kept: readonly { readonly belief: CurveBelief; readonly fit: GaussianFit; readonly share: number }[];
}

/** The same estimates are asked for more than one list of sizes. */
const fittedBefore = new WeakMap<Estimates, FittedBeliefs>();

const beliefsOf = (estimates: Estimates): FittedBeliefs => {
  const before = fittedBefore.get(estimates);
  if (before !== undefined) return before;
  const fitted = fitBeliefs(estimates);
  fittedBefore.set(estimates, fitted);
  return fitted;
};

const fitBeliefs = (estimates: Estimates): FittedBeliefs => {
  const cells = estimates.sizes.flatMap((size, index) =>
    size.rounds.map((round) => ({ ...round, index, x: octavesOf(size.memorySizeMb) })),
  );
  const x = cells.map((cell) => cell.x);
  const observed = priorCovariance(x, x);
  const curves = curveBeliefs(estimates.sizes.map((size) => octavesOf(size.memorySizeMb))).map((belief) => ({
    belief,
    mean: priorMean(belief, x),
    covariance: observed(belief),
  }));
  const fits = estimates.tail.beliefs.flatMap((tail) => {
    if (tail.weight < negligible) return [];
    const y = cells.map((cell) => cell.logBody + (tail.logFactors[cell.index] ?? 0));
    const noiseOf = noiseByFactor(estimates, tail, cells);
    return curves.map(({ belief, mean, covariance }) => ({
      belief,
      weight: tail.weight * belief.weight,
      fit: fitGaussian({ mean, covariance }, { y, noise: noiseOf(belief.noiseFactor) }),
    }));
  });
  const shares = normalisedShares(fits.map(({ fit, weight }) => fit.logEvidence + Math.log(weight)));
  return {
    x,
    kept: fits
      .map(({ belief, fit }, index) => ({ belief, fit, share: shares[index] ?? 0 }))
      .filter(({ share }) => share >= negligible),
  };
};

interface Cell {
  readonly index: number;
  readonly round: number;
  readonly variance: number;
}

/** Covariance of the cells' noise: cells of a size share its tail and environments, cells of a round the time of day. */
const noiseByFactor = (
  estimates: Estimates,
  tail: TailBelief,
  cells: readonly Cell[],
): ((factor: number) => Float64Array[]) => {
  const shared = estimates.sizes.map(
    (size, index) =>
      size.ownVarianceWith(0) + tail.varianceWith(index, 0) + hostSd ** 2 / Math.max(1, size.environments),
  );
  const made = new Map<number, Float64Array[]>();
  return (factor) => {
    const known = made.get(factor);
    if (known !== undefined) return known;
    const noise = cells.map(
      (left, row) =>
        new Float64Array(
          cells.map(
            (right, column) =>
              (left.index === right.index ? (shared[left.index] ?? 0) : 0) +
              (left.round === right.round ? roundSd ** 2 : 0) +
              (row === column ? factor * left.variance + nuggetSd ** 2 : 0),
          ),
        ),
    );
    made.set(factor, noise);
    return noise;
  };
};
