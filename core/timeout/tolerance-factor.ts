import { gammaln } from "simple-statistics";
import { normalCdf } from "../statistics/normal-cdf.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";

/**
 * Factor K of a one-sided normal tolerance bound: with the confidence given, mean + K * standard deviation of n normal
 * values lies above the p-quantile.
 *
 * Exact: the noncentral t quantile over sqrt(n), by integrating over the standard deviation, to 1 part in 1,000.
 * SciPy: `nct.ppf(confidence, n - 1, norm.ppf(p) * sqrt(n)) / sqrt(n)`.
 *
 * @param n - Number of values, 2 or more.
 * @param p - Quantile, above 0.5 and below 1.
 * @param confidence - Above 0.5 and below 1.
 * @throws RangeError for fewer than two values: one has no spread.
 * @see {@link https://www.itl.nist.gov/div898/handbook/prc/section2/prc253.htm | NIST, tolerance intervals}
 */
export const toleranceFactor = (n: number, p: number, confidence: number): number => {
  if (!(n >= 2)) throw new RangeError(`Expected two values or more, got ${n}.`);
  const z = normalQuantile(p);
  const points = spreads(n - 1);
  // mean + K s >= mu + z sigma: Z / sqrt(n) + K W >= z, with W = s / sigma independent of Z.
  const held = (factor: number): number =>
    points.reduce((sum, { ratio, weight }) => sum + weight * normalCdf(Math.sqrt(n) * (factor * ratio - z)), 0);
  let low = z / 2;
  let high = 2 * z;
  while (held(high) < confidence) [low, high] = [high, 2 * high];
  while (high / low > 1 + precision) {
    const middle = (low + high) / 2;
    if (held(middle) < confidence) low = middle;
    else high = middle;
  }
  return high;
};

const precision = 1e-6;

/** How far, in standard deviations of W, its density is followed; how finely. */
const reach = 9;
const steps = 250;

/** Values of W = s / sigma with their probabilities: midpoints, which need no density at 0. */
const spreads = (degrees: number): readonly { readonly ratio: number; readonly weight: number }[] => {
  const from = Math.sqrt(Math.max(0, 1 - reach / Math.sqrt(2 * degrees)));
  const width = (Math.sqrt(1 + reach / Math.sqrt(2 * degrees)) - from) / steps;
  const half = degrees / 2;
  const logScale = Math.LN2 + half * Math.log(half) - gammaln(half);
  const points = Array.from({ length: steps }, (_, step) => {
    // Even in the root of the ratio: with few degrees of freedom all that matters happens near 0.
    const root = from + (step + 0.5) * width;
    const ratio = root * root;
    const density = Math.exp(logScale + (degrees - 1) * Math.log(ratio) - half * ratio * ratio);
    return { ratio, weight: 2 * root * width * density };
  });
  // Whatever the grid misses is spread evenly: the probabilities add up to 1.
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  return points.map(({ ratio, weight }) => ({ ratio, weight: weight / total }));
};
