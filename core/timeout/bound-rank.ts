import { poissonTail } from "../statistics/poisson-tail.ts";

/**
 * Which of the slowest invocations bounds a high quantile of duration, whatever the distribution.
 *
 * Of `n` invocations about n * exceedShare take longer than the quantile that a share of `exceedShare` exceeds. The k-th
 * slowest lies at or above that quantile when at least k did, so k is the largest rank with
 * P(Poisson(n * exceedShare) >= k) >= confidence. Rank 1 is the maximum; deeper ranks give tighter bounds.
 *
 * @param n - Invocations seen, 0 or more.
 * @param exceedShare - Share of invocations beyond the quantile, above 0 and below 1: 0.0001 for 1 in 10,000.
 * @param confidence - Above 0 and below 1.
 * @returns 1 or more, or `undefined` when not even the maximum is a bound: n is below -ln(1 - confidence) / exceedShare,
 * about 30,000 for 1 in 10,000 with 95 %.
 *
 * @example
 * ```ts
 * boundRank(29_000, 0.0001, 0.95); // => undefined
 * boundRank(30_000, 0.0001, 0.95); // => 1
 * boundRank(1_000_000, 0.0001, 0.95); // => 84
 * ```
 */
export const boundRank = (n: number, exceedShare: number, confidence: number): number | undefined => {
  const expected = n * exceedShare;
  const holds = (rank: number): boolean => poissonTail(expected, rank) >= confidence;
  if (!holds(1)) return undefined;
  let low = 1;
  let high = 2;
  while (holds(high)) high *= 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
};
