import { gammaln } from "simple-statistics";

/**
 * Probability that a Poisson variable is `k` or more.
 *
 * Summed from `k` away from the mean, where the terms shrink, so that small tails keep their digits. Relative error about
 * 1e-12 for means up to some thousands, 1e-9 for a mean of 10^6.
 *
 * @param mean - 0 or more, finite.
 * @param k - Whole number, 0 or more.
 * @throws RangeError for arguments outside of these ranges.
 *
 * @example
 * ```ts
 * poissonTail(3, 0); // => 1
 * poissonTail(0, 1); // => 0
 * ```
 */
export const poissonTail = (mean: number, k: number): number => {
  if (!(mean >= 0 && Number.isFinite(mean) && Number.isInteger(k) && k >= 0)) {
    throw new RangeError(`Expected a mean of 0 or more and a whole k of 0 or more, got ${mean} and ${k}.`);
  }
  if (k === 0) return 1;
  if (mean === 0) return 0;
  return k > mean ? sumUpwards(mean, k) : 1 - sumDownwards(mean, k - 1);
};

const probability = (mean: number, k: number): number => Math.exp(k * Math.log(mean) - mean - gammaln(k + 1));

const negligible = 1e-17;

/** P(X >= from), for `from` above the mean. */
const sumUpwards = (mean: number, from: number): number => {
  let term = probability(mean, from);
  let sum = term;
  for (let k = from + 1; term > sum * negligible; k += 1) {
    term *= mean / k;
    sum += term;
  }
  return sum;
};

/** P(X <= from), for `from` below the mean. */
const sumDownwards = (mean: number, from: number): number => {
  let term = probability(mean, from);
  let sum = term;
  for (let k = from; k > 0 && term > sum * negligible; k -= 1) {
    term *= k / mean;
    sum += term;
  }
  return sum;
};
