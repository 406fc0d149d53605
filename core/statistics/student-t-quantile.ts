import { gammaln } from "simple-statistics";
import { incompleteBeta } from "./incomplete-beta.ts";
import { normalQuantile } from "./normal-quantile.ts";

/**
 * Quantile of Student's t distribution, to about 12 digits.
 *
 * Solved from the exact distribution function by Newton's method inside a bracket that only shrinks.
 *
 * @param p - Probability above 0 and below 1.
 * @param degreesOfFreedom - Above 0, fractions allowed; `Infinity` is the normal distribution.
 * @throws RangeError for arguments outside of these ranges.
 * @see {@link https://dlmf.nist.gov/8.17 | DLMF 8.17}, for the distribution function
 *
 * @example
 * ```ts
 * studentTQuantile(0.5, 4); // => 0
 * studentTQuantile(0.975, 10) > normalQuantile(0.975); // => true
 * ```
 */
export const studentTQuantile = (p: number, degreesOfFreedom: number): number => {
  if (!(p > 0 && p < 1 && degreesOfFreedom > 0)) {
    throw new RangeError(`Expected 0 < p < 1 and degrees of freedom above 0, got ${p} and ${degreesOfFreedom}.`);
  }
  if (p === 0.5) return 0;
  // Beyond, the two distributions agree to more digits than are computed here.
  if (degreesOfFreedom > 1e12) return normalQuantile(p);
  const distance = upperPoint(Math.min(p, 1 - p), degreesOfFreedom);
  return p < 0.5 ? -distance : distance;
};

/** @returns The point above which `share`, less than one half, of the distribution lies. */
const upperPoint = (share: number, degrees: number): number => {
  const logScale = gammaln((degrees + 1) / 2) - gammaln(degrees / 2) - Math.log(degrees * Math.PI) / 2;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let point = -normalQuantile(share);
  for (let step = 0; step < mostSteps; step += 1) {
    const excess = shareAbove(point, degrees) - share;
    if (excess > 0) low = point;
    else high = point;
    const density = Math.exp(logScale - ((degrees + 1) / 2) * Math.log1p((point * point) / degrees));
    const newton = point + excess / density;
    const inside = newton > low && newton < high;
    const next = inside ? newton : high === Number.POSITIVE_INFINITY ? 2 * point : (low + high) / 2;
    if (Math.abs(next - point) <= 1e-14 * next) return next;
    point = next;
  }
  return point;
};

// Newton takes under ten; doubling and halving through every power of two is the worst there is.
const mostSteps = 2200;

const shareAbove = (point: number, degrees: number): number =>
  incompleteBeta(degrees / (degrees + point * point), degrees / 2, 0.5) / 2;
