import { binomialTail } from "./binomial-tail.ts";

/**
 * Upper confidence bound of a quantile that assumes nothing about the distribution: an order statistic of the values.
 *
 * The r-th smallest of n values lies at or above the p-quantile unless r or more of them fell below it, so the bound is
 * the smallest r with P(Binomial(n, p) <= r - 1) >= confidence. The values have to be independent.
 *
 * @param values - In any order.
 * @param p - Which quantile, above 0 and below 1.
 * @param confidence - One-sided, above 0 and below 1.
 * @returns `undefined` when even the maximum does not reach the confidence: see `samplesForUpperBound`.
 * @throws RangeError for arguments outside of these ranges.
 * @see Conover, Practical Nonparametric Statistics, "Confidence interval for a quantile"
 *
 * @example
 * ```ts
 * quantileUpperBound([1, 2, 3, 4, 5], 0.5, 0.95); // => 5
 * quantileUpperBound([1, 2, 3, 4], 0.5, 0.95); // => undefined
 * ```
 */
export const quantileUpperBound = (values: readonly number[], p: number, confidence: number): number | undefined => {
  if (!(p > 0 && p < 1 && confidence > 0 && confidence < 1)) {
    throw new RangeError(`Expected p and confidence above 0 and below 1, got ${p} and ${confidence}.`);
  }
  const n = values.length;
  const covers = (rank: number): boolean => 1 - binomialTail(n, p, rank) >= confidence;
  if (n === 0 || !covers(n)) return undefined;
  let low = 0;
  let high = n;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (covers(middle)) high = middle;
    else low = middle;
  }
  return values.toSorted((a, b) => a - b)[high - 1];
};
