import { fallingRegression } from "../statistics/falling-regression.ts";
import type { SamplingContext } from "./decision.ts";

/** What is known of the duration at a measured size. */
export interface SizeDuration {
  readonly memorySizeMb: number;
  /** Logarithm of mean milliseconds. */
  readonly logDuration: number;
  /** Variance of that logarithm, without what all sizes have in common. */
  readonly curveVariance: number;
}

/** A size against the fastest one. */
export interface SpeedLevel {
  readonly memorySizeMb: number;
  /** Logarithm of the duration, after durations were made to fall with memory. */
  readonly level: number;
  /** Highest level that counts as within the tolerance of the fastest. */
  readonly limit: number;
  /** Sd of the difference from the fastest. */
  readonly error: number;
}

/** A difference of up to so many of its standard errors cannot be told from none. */
const equalWithin = 1;

/**
 * Which sizes are within the objective's tolerance of the fastest.
 *
 * More memory never makes a function slower, so durations are first made to fall with memory (isotonic regression): what
 * noise raised again is one level. Two sizes count as equally fast when their levels differ by no more than the largest of
 * three: the objective's `toleranceP`, the tolerance of the run, and what noise alone explains.
 *
 * @param sizes - Measured sizes, ascending by memory.
 */
export const withinOfFastest = (context: SamplingContext, sizes: readonly SizeDuration[]): SpeedLevel[] => {
  const weights = sizes.map(({ curveVariance }) => 1 / Math.max(curveVariance, smallestVariance));
  const levels = fallingRegression(
    sizes.map(({ logDuration }, index) => ({ value: logDuration, weight: weights[index] ?? 1 })),
  );
  const fastest = levels.at(-1) ?? 0;
  const fastestWeight = weights.reduce((sum, weight, index) => sum + (levels[index] === fastest ? weight : 0), 0);
  const { objective, sampling } = context;
  const asked = objective.kind === "speed" ? objective.toleranceP / 100 : 0;
  return sizes.map(({ memorySizeMb }, index) => {
    const error = Math.sqrt(1 / (weights[index] ?? 1) + 1 / fastestWeight);
    const noise = Math.min(mostByNoise, equalWithin * error);
    const limit = fastest + Math.max(Math.log1p(asked), Math.log1p(sampling.tolerance), noise);
    return { memorySizeMb, level: levels[index] ?? fastest, limit, error };
  });
};

/** However noisy a function is, sizes that look further apart than this, in logarithms, are not equally fast. */
const mostByNoise = 0.07;
/** Keeps weights finite. */
const smallestVariance = 1e-9;
