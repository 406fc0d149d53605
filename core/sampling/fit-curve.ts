import { fitGaussian, type GaussianFit, mixPosteriors, predictGaussian } from "../statistics/gaussian-process.ts";
import { normalisedShares } from "../statistics/normalised-shares.ts";
import { type CurveBelief, curveBeliefs, octavesOf, priorCovariance, priorMean } from "./curve-beliefs.ts";
import type { Estimates } from "./estimate-sizes.ts";
import { cellsOf, readingGroups } from "./readings.ts";

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
  const cells = cellsOf(estimates);
  const x = cells.map(({ octaves }) => octaves);
  const observed = priorCovariance(x, x);
  const curves = curveBeliefs(estimates.sizes.map((size) => octavesOf(size.memorySizeMb))).map((belief) => ({
    belief,
    mean: priorMean(belief, x),
    covariance: observed(belief),
  }));
  const fits = readingGroups(estimates, cells).flatMap(({ probability, readings }) => {
    const group = readings.flatMap(({ weight, values, noiseOf }) =>
      curves.map(({ belief, mean, covariance }) => ({
        belief,
        logWeight: Math.log(weight * belief.weight),
        fit: fitGaussian({ mean, covariance }, { y: values, noise: noiseOf(belief.noiseFactor) }),
      })),
    );
    const shares = normalisedShares(group.map(({ fit, logWeight }) => fit.logEvidence + logWeight));
    return group.map(({ belief, fit }, index) => ({ belief, fit, share: probability * (shares[index] ?? 0) }));
  });
  return { x, kept: fits.filter(({ share }) => share >= negligible) };
};
