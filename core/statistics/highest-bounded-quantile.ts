/**
 * Highest quantile of which the maximum of `n` samples is an upper confidence bound, whatever the distribution: the
 * inverse of `samplesForUpperBound`.
 *
 * @param n - Number of samples, 1 or more.
 * @param confidence - Above 0 and below 1.
 * @returns The p of the quantile, above 0 and below 1.
 * @throws RangeError for arguments outside of these ranges.
 *
 * @example
 * ```ts
 * highestBoundedQuantile(2, 0.75); // => 0.5
 * ```
 */
export const highestBoundedQuantile = (n: number, confidence: number): number => {
  if (!(Number.isInteger(n) && n >= 1 && confidence > 0 && confidence < 1)) {
    throw new RangeError(`Expected n of 1 or more and a confidence above 0 and below 1, got ${n} and ${confidence}.`);
  }
  return (1 - confidence) ** (1 / n);
};
