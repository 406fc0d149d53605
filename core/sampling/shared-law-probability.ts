import { sampleCorrelation } from "simple-statistics";

/** A log duration around its size's location. */
export interface Residual {
  /** Memory of its size in octaves over 1 GB. */
  readonly octaves: number;
  readonly residual: number;
}

/** Probability of one law for all sizes before samples say otherwise, and the most that samples can make its odds. */
const priorProbability = 0.5;
const mostOdds = 2;
/** Sd of a trend's standard score where there is one. */
const trendSd = 3;
/** Slow calls count up to so many times the location. */
const slowest = 4;
/** Residuals smaller than this are all alike. */
const leastSpread = 0.02;

/**
 * Whether durations spread alike at all sizes, or slow calls or the spread change with memory, as they do where memory is
 * short.
 *
 * Each of the two trends is compared with none by a Bayes factor on its standard score; the clearer one counts.
 *
 * @returns The probability that there is no trend.
 */
export const sharedLawProbability = (residuals: readonly Residual[]): number => {
  const octaves = residuals.map((point) => point.octaves);
  const factors = [
    residuals.map(({ residual }) => Math.min(slowest, Math.exp(residual))),
    residuals.map(({ residual }) => Math.log(Math.abs(residual) + leastSpread)),
  ].map((values) => noTrendFactor(octaves, values));
  const odds = (priorProbability / (1 - priorProbability)) * Math.min(mostOdds, ...factors);
  return odds / (1 + odds);
};

/** Bayes factor for no trend: the density of the standard score 0 +- 1 over that of a score 0 +- sqrt(1 + trendSd^2). */
const noTrendFactor = (octaves: readonly number[], values: readonly number[]): number => {
  // Not a number where no value differs from the others.
  const correlation = octaves.length < 3 ? Number.NaN : sampleCorrelation([...octaves], [...values]);
  const score = Number.isFinite(correlation) ? correlation * Math.sqrt(octaves.length - 1) : 0;
  const variance = trendSd ** 2;
  return Math.sqrt(1 + variance) * Math.exp((-0.5 * score ** 2 * variance) / (1 + variance));
};
