import { studentTQuantile } from "../statistics/student-t-quantile.ts";

/** Both ends of an interval. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Widths of an interval's two halves, in standard deviations of the fitted curve over the t quantile. */
export interface Widths {
  readonly below: number;
  readonly above: number;
}

/**
 * Widths for a bill: the curve alone is too sure of it, as it cannot know of tails that no sample has shown, which only ever
 * raise a bill. The fewer calls there are, the more of that.
 *
 * Calibrated on simulated functions so that intervals of 95 % hold that often: see `docs/statistics.md`.
 *
 * @param calls - Warm samples of all sizes; under 20 count as 20.
 */
export const billWidths = (calls: number): Widths => {
  const unseen = 1 / Math.max(20, calls);
  return { below: 0.6 + 9 * unseen, above: 0.9 + 30 * unseen };
};
/** Widths for the ratio of two bills, in which much of that cancels. Calibrated in the same way. */
export const ratioWidths: Widths = { below: 0.75, above: 1 };

/** Of the t quantile: how many independent measurements a curve rests on, roughly. */
const degrees = 5;

/**
 * Interval of a positive quantity whose logarithm is about normal.
 *
 * @param logMean - Mean of the logarithm.
 * @param variance - Of the logarithm.
 * @param confidence - Above 0.5, below 1.
 *
 * @example
 * ```ts
 * const { lower, upper } = logInterval(Math.log(100), 0.01, 0.95, { below: 1, above: 1 });
 * [Math.round(lower), Math.round(upper)]; // => [77, 129]
 * ```
 */
export const logInterval = (logMean: number, variance: number, confidence: number, widths: Widths): Interval => {
  const half = studentTQuantile((1 + confidence) / 2, degrees) * Math.sqrt(variance);
  return { lower: Math.exp(logMean - widths.below * half), upper: Math.exp(logMean + widths.above * half) };
};
