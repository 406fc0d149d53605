import { gammaln } from "simple-statistics";

/**
 * Regularised incomplete beta function I_x(a, b): the distribution function of the beta distribution, and through it of
 * the binomial and Student's t.
 *
 * By the continued fraction DLMF 8.17.22, evaluated on the side of the mean where it converges fast. Relative error
 * about 1e-13 for moderate `a` and `b`, 1e-9 when their sum is in the millions.
 *
 * @param x - From 0 to 1.
 * @param a - Above 0.
 * @param b - Above 0.
 * @throws RangeError for arguments outside of these ranges.
 * @see {@link https://dlmf.nist.gov/8.17 | DLMF 8.17}
 *
 * @example
 * ```ts
 * incompleteBeta(0.25, 1, 1); // => 0.25
 * ```
 */
export const incompleteBeta = (x: number, a: number, b: number): number => {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) {
    throw new RangeError(`Expected x from 0 to 1 and a, b above 0, got x = ${x}, a = ${a}, b = ${b}.`);
  }
  if (x === 0 || x === 1) return x;
  return x <= (a + 1) / (a + b + 2) ? lowerPart(x, a, b) : 1 - lowerPart(1 - x, b, a);
};

const lowerPart = (x: number, a: number, b: number): number => {
  const logBeta = gammaln(a) + gammaln(b) - gammaln(a + b);
  const factor = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a;
  return factor / continuedFraction(x, a, b);
};

const smallestChange = 1e-15;
// The fraction needs about the square root of its larger parameter: enough for 10^8 samples.
const longest = 50_000;

/** 1 + d1/(1 + d2/(1 + ...)), by the modified method of Lentz. */
const continuedFraction = (x: number, a: number, b: number): number => {
  let value = 1;
  let numerator = 1;
  let denominator = 0;
  for (let term = 1; term <= longest; term += 1) {
    const d = coefficient(term, x, a, b);
    denominator = 1 / notZero(1 + d * denominator);
    numerator = notZero(1 + d / numerator);
    const change = numerator * denominator;
    value *= change;
    if (Math.abs(change - 1) < smallestChange) return value;
  }
  return value;
};

const coefficient = (term: number, x: number, a: number, b: number): number => {
  const m = Math.floor(term / 2);
  return term % 2 === 0
    ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
};

const notZero = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value);
