import { incompleteBeta } from "./incomplete-beta.ts";

/**
 * Probability that at least `k` of `n` independent trials succeed.
 *
 * @param n - Number of trials, a whole number of 0 or more.
 * @param p - Probability of success, from 0 to 1.
 * @param k - Whole number.
 * @throws RangeError for arguments outside of these ranges.
 * @see {@link https://dlmf.nist.gov/8.17 | DLMF 8.17.5}
 *
 * @example
 * ```ts
 * binomialTail(10, 0.5, 0); // => 1
 * binomialTail(10, 0.5, 11); // => 0
 * ```
 */
export const binomialTail = (n: number, p: number, k: number): number => {
  if (!(Number.isInteger(n) && n >= 0 && p >= 0 && p <= 1 && Number.isInteger(k))) {
    throw new RangeError(`Expected whole n and k and p from 0 to 1, got n = ${n}, p = ${p}, k = ${k}.`);
  }
  if (k <= 0) return 1;
  return k > n ? 0 : incompleteBeta(p, k, n - k + 1);
};
