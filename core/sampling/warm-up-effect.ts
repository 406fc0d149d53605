import { median } from "simple-statistics";
import { normalDensity } from "../statistics/kernel-density.ts";
import { normalCdf } from "../statistics/normal-cdf.ts";
import { normalisedShares } from "../statistics/normalised-shares.ts";

/** How fast the first calls of an environment may settle, in calls. */
const settlingCalls = [0.5, 1.2, 2.5, 5, 10];
/** Probability, before any sample, that the first calls are as fast as all others. */
const noWarmUp = 0.7;
/** Sd of how much slower the first call is where there is a warm-up, in logarithms. */
const amplitudeSd = 0.3;
/** Fewer calls say nothing. */
const fewestCalls = 8;
/** Constant durations must not make noise vanish. */
const leastVariance = 1e-6;

/** A warm call: logarithm of its duration, and its number in its environment, from 1. */
interface NumberedCall {
  readonly value: number;
  readonly call: number;
}

/**
 * By how much the first warm calls of an environment run slower, over all sizes together.
 *
 * Log durations, less their size's mean, are regressed on exp(-(call - 1) / tau) for a few tau, with a half-normal prior
 * of the amplitude; these and the belief that there is no warm-up are averaged by their evidence. So a warm-up that is
 * hardly seen is hardly corrected.
 *
 * @returns What to subtract from the log duration of a call; 0 or more.
 */
export const warmUpEffect = (sizes: readonly (readonly NumberedCall[])[]): ((call: number) => number) => {
  const fits = settlingCalls.flatMap((tau) => fitDecay(sizes, tau) ?? []);
  const variance = Math.max(leastVariance, Math.min(...fits.map((fit) => fit.variance)));
  const beliefs = fits.map((fit) => believed(fit, variance));
  const share = (1 - noWarmUp) / beliefs.length;
  const [, ...shares] = normalisedShares([
    Math.log(noWarmUp),
    ...beliefs.map(({ logOdds }) => Math.log(share) + logOdds),
  ]);
  return (call) =>
    beliefs.reduce(
      (sum, { tau, amplitude }, index) => sum + (shares[index] ?? 0) * amplitude * Math.exp(-(call - 1) / tau),
      0,
    );
};

/** A least-squares fit of one decay. */
interface DecayFit {
  readonly tau: number;
  readonly amplitude: number;
  /** Sum of squares of the regressor around its size's mean. */
  readonly squares: number;
  /** Of the residuals. */
  readonly variance: number;
}

/** A decay as the samples and the prior tell it. */
interface DecayBelief {
  readonly tau: number;
  /** Expected slowness of the first call, in logarithms. */
  readonly amplitude: number;
  /** Against no warm-up: logarithm of the Bayes factor. */
  readonly logOdds: number;
}

const believed = ({ tau, amplitude, squares }: DecayFit, variance: number): DecayBelief => {
  const precision = squares / variance + 1 / amplitudeSd ** 2;
  const mean = (amplitude * squares) / variance / precision;
  const sd = 1 / Math.sqrt(precision);
  const above = Math.max(1e-12, normalCdf(mean / sd));
  return {
    tau,
    // The mean of what is left of a normal law above 0.
    amplitude: Math.max(0, mean + (sd * normalDensity(mean / sd, 1)) / above),
    logOdds: Math.log(sd / amplitudeSd) + 0.5 * (mean / sd) ** 2 + Math.log(2 * above),
  };
};

const fitDecay = (sizes: readonly (readonly NumberedCall[])[], tau: number): DecayFit | undefined => {
  const points = sizes.flatMap((samples) => {
    if (samples.length < 3) return [];
    const middle = median(samples.map(({ value }) => value));
    const decays = samples.map(({ call }) => Math.exp(-(call - 1) / tau));
    const meanDecay = decays.reduce((sum, decay) => sum + decay, 0) / decays.length;
    const spread = 1.4826 * median(samples.map(({ value }) => Math.abs(value - middle)));
    const limit = 4 * Math.max(spread, 0.05) + 0.7;
    const residuals = samples.map(({ value }) => Math.max(-limit, Math.min(limit, value - middle)));
    const meanResidual = residuals.reduce((sum, value) => sum + value, 0) / residuals.length;
    return residuals.map((value, index) => ({ y: value - meanResidual, x: (decays[index] ?? 0) - meanDecay }));
  });
  const squares = points.reduce((sum, { x }) => sum + x * x, 0);
  if (points.length < fewestCalls || squares === 0) return undefined;
  const amplitude = points.reduce((sum, { x, y }) => sum + x * y, 0) / squares;
  const residual = points.reduce((sum, { x, y }) => sum + (y - amplitude * x) ** 2, 0);
  return { tau, amplitude, squares, variance: residual / Math.max(1, points.length - sizes.length - 1) };
};
