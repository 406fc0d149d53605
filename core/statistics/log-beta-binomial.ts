import { gammaln } from "simple-statistics";

/**
 * Logarithm of the probability of one particular sequence of `successes` in `n` trials, when the probability of a success
 * follows a beta distribution: the beta-binomial law without its binomial coefficient, for comparing beliefs.
 *
 * @param successes - From 0 to `n`.
 * @param n - Trials, 0 or more.
 * @param a - Prior successes, above 0.
 * @param b - Prior failures, above 0.
 * @throws RangeError for arguments outside of these ranges.
 * @see R: `lbeta(successes + a, n - successes + b) - lbeta(a, b)`
 *
 * @example
 * ```ts
 * Math.round(1e6 * Math.exp(logBetaBinomial(1, 2, 1, 1))); // => 166667
 * ```
 */
export const logBetaBinomial = (successes: number, n: number, a: number, b: number): number => {
  if (!(successes >= 0 && successes <= n && a > 0 && b > 0)) {
    throw new RangeError(
      `Expected 0 <= successes <= n and a, b above 0, got ${successes} of ${n}, a = ${a}, b = ${b}.`,
    );
  }
  return logBeta(successes + a, n - successes + b) - logBeta(a, b);
};

const logBeta = (a: number, b: number): number => gammaln(a) + gammaln(b) - gammaln(a + b);
