import type { ProductionDuration } from "../production/production-metrics.ts";

/**
 * Duration of the k-th slowest invocation of production, or of the nearest slower one that was read.
 *
 * Metrics come by rank for some ranks only; taking a slower one keeps every bound a bound.
 *
 * @param duration - Production's duration metrics.
 * @param rank - From the top, 1 or more.
 * @returns Milliseconds; the maximum when nothing deeper was read.
 */
export const durationAtRank = (duration: ProductionDuration, rank: number): number => {
  const known = quantilesByRank(duration).findLast((quantile) => quantile.rank <= rank);
  return known?.durationMs ?? duration.maxMs;
};

/**
 * Everything known of production's upper half, by rank from the top: ascending in rank, never rising in duration.
 *
 * @returns At least the maximum, as rank 1.
 */
export const quantilesByRank = (duration: ProductionDuration): readonly { rank: number; durationMs: number }[] => {
  const n = duration.sampleCount;
  const percentiles = [
    [99.9, duration.p999Ms],
    [99, duration.p99Ms],
    [95, duration.p95Ms],
    [90, duration.p90Ms],
    [50, duration.p50Ms],
  ] as const;
  const named = percentiles.flatMap(([percentile, durationMs]) => {
    // One more, lest a percentile stand for a slower invocation than it is.
    const rank = (n * (100 - percentile)) / 100 + 1;
    return durationMs === undefined ? [] : [{ rank, durationMs }];
  });
  const sorted = [{ rank: 1, durationMs: duration.maxMs }, ...duration.tail, ...named].sort((a, b) => a.rank - b.rank);
  // Percentiles of large histograms are approximate: hold each to what the slower ones allow.
  let ceiling = Number.POSITIVE_INFINITY;
  return sorted
    .filter(({ rank }, index) => index === 0 || rank !== sorted[index - 1]?.rank)
    .map(({ rank, durationMs }) => {
      ceiling = Math.min(ceiling, durationMs);
      return { rank, durationMs: ceiling };
    });
};
