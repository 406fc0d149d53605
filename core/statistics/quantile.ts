import { quantile as typeSevenQuantile } from "simple-statistics";

/**
 * Sample quantile, type 7 of Hyndman and Fan: linear between order statistics, the default of R and NumPy.
 *
 * A point estimate: ask `supportsPercentile` first whether there are values enough for it.
 *
 * @param values - At least one, in any order.
 * @param p - From 0 (the minimum) to 1 (the maximum).
 * @throws RangeError for no values or another `p`.
 * @see {@link https://doi.org/10.1080/00031305.1996.10473566 | Hyndman and Fan 1996}
 *
 * @example
 * ```ts
 * quantile([4, 1, 3, 2], 0.5); // => 2.5
 * ```
 */
export const quantile = (values: readonly number[], p: number): number => {
  if (values.length === 0 || !(p >= 0 && p <= 1)) {
    throw new RangeError(`Expected values and a p from 0 to 1, got ${values.length} values and ${p}.`);
  }
  return typeSevenQuantile([...values], p);
};
