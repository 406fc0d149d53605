/**
 * Whether `n` values are enough to give a percentile as a point estimate.
 *
 * The rule: at least one value is expected beyond the percentile, n (1 - p) >= 1, and at least 3 values stand for the
 * middle. So p50 needs 3, p90 needs 10, p95 needs 20, p99 needs 100, p99.9 needs 1,000 values. With fewer, type 7 only
 * interpolates towards the maximum, whatever the percentile is called.
 *
 * @param n - Number of values, 0 or more.
 * @param percentile - In percent, from 50 and below 100.
 *
 * @example
 * ```ts
 * supportsPercentile(19, 95); // => false
 * supportsPercentile(20, 95); // => true
 * ```
 */
export const supportsPercentile = (n: number, percentile: number): boolean =>
  // A count in percent: 100 - 99.9 is a little less than 0.1.
  n >= fewest && n * (100 - percentile) >= 100 - 1e-6;

const fewest = 3;
