import { mean, sampleStandardDeviation } from "simple-statistics";
import { studentTQuantile } from "./student-t-quantile.ts";

/** Two ends of an interval, in the unit of the values. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Confidence interval of the mean by Student's t, with n - 1 degrees of freedom.
 *
 * Assumes independent values and a mean that is about normal. Invocations of one environment are mildly correlated and
 * their durations have far outliers: with fewer than about 30 of them the interval covers the mean somewhat less often
 * than it says, and no interval from the values alone sees an outlier that has not happened.
 *
 * @param values - At least 2.
 * @param confidence - Two-sided, above 0 and below 1.
 * @returns `undefined` for fewer than 2 values: one value says nothing about its own spread.
 * @throws RangeError for another confidence.
 *
 * @example
 * ```ts
 * meanInterval([10], 0.95); // => undefined
 * meanInterval([10, 10, 10], 0.95); // => { lower: 10, upper: 10 }
 * ```
 */
export const meanInterval = (values: readonly number[], confidence: number): Interval | undefined => {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`Expected a confidence above 0 and below 1, got ${confidence}.`);
  }
  if (values.length < 2) return undefined;
  const list = [...values];
  const standardError = sampleStandardDeviation(list) / Math.sqrt(list.length);
  const half = studentTQuantile((1 + confidence) / 2, list.length - 1) * standardError;
  const centre = mean(list);
  return { lower: centre - half, upper: centre + half };
};
