import { quantileUpperBound } from "./quantile-upper-bound.ts";

/**
 * Lower confidence bound of a quantile that assumes nothing about the distribution: the mirror image of
 * `quantileUpperBound`.
 *
 * @param values - In any order.
 * @param p - Which quantile, above 0 and below 1.
 * @param confidence - One-sided, above 0 and below 1.
 * @returns `undefined` when even the minimum does not reach the confidence.
 * @throws RangeError for arguments outside of these ranges.
 *
 * @example
 * ```ts
 * quantileLowerBound([1, 2, 3, 4, 5], 0.5, 0.95); // => 1
 * ```
 */
export const quantileLowerBound = (values: readonly number[], p: number, confidence: number): number | undefined => {
  const mirrored = quantileUpperBound(
    values.map((value) => -value),
    1 - p,
    confidence,
  );
  return mirrored === undefined ? undefined : -mirrored;
};
