/**
 * Fewest samples whose maximum is an upper confidence bound of a quantile, whatever the distribution: 1 - p^n reaches the
 * confidence.
 *
 * @param coverage - Share of invocations at or below the bound (the p of the quantile), above 0 and below 1.
 * @param confidence - Above 0 and below 1.
 * @throws RangeError for arguments outside of these ranges.
 * @see {@link https://doi.org/10.1214/aoms/1177731788 | Wilks 1941}, "Determination of sample sizes for setting tolerance limits"
 *
 * @example
 * ```ts
 * samplesForUpperBound(0.99, 0.95); // => 299
 * ```
 */
export const samplesForUpperBound = (coverage: number, confidence: number): number => {
  if (!(coverage > 0 && coverage < 1 && confidence > 0 && confidence < 1)) {
    throw new RangeError(`Expected coverage and confidence above 0 and below 1, got ${coverage} and ${confidence}.`);
  }
  // Less a little, lest an exact power (0.5 and 0.75 need 2) be rounded up.
  return Math.max(1, Math.ceil(Math.log1p(-confidence) / Math.log(coverage) - 1e-9));
};
