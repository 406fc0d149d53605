import type { ProductionDuration } from "../production/production-metrics.ts";

/** Lighter tails than this are not believed from a few thousand invocations. */
const lightest = 0.2;

/** Heavier ones are: with this index the slowest of ten times as many invocations is five times as slow. */
const heaviest = 0.7;

/**
 * How heavy the tail of production's duration is: the exponent by which the maximum grows with the number of invocations.
 *
 * The slope of log duration between p99 and the maximum on the log of the number of invocations, ln(max / p99) /
 * ln(n / 100), held between 0.2 and 0.7. About 0.1 for a tight lognormal body, 0.5 for a Pareto tail with exponent 2.
 *
 * @param duration - Production's duration metrics.
 * @returns From 0.2 to 0.7; 0.7 when p99 was not read.
 */
export const tailIndex = ({ sampleCount, maxMs, p99Ms }: ProductionDuration): number => {
  if (p99Ms === undefined || p99Ms <= 0) return heaviest;
  const slope = Math.log(maxMs / p99Ms) / Math.log(Math.max(5, sampleCount / 100));
  return Math.min(heaviest, Math.max(lightest, slope));
};
