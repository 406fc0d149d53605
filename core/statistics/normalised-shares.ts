/**
 * Shares that sum to 1 from logarithms of weights, however large or small the weights are.
 *
 * @param logWeights - At least one, finite or -Infinity for none.
 *
 * @example
 * ```ts
 * normalisedShares([1000, 1000]); // => [0.5, 0.5]
 * ```
 */
export const normalisedShares = (logWeights: readonly number[]): number[] => {
  const highest = Math.max(...logWeights);
  const shares = logWeights.map((value) => Math.exp(value - highest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
};
