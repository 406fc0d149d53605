import { mean, sampleStandardDeviation } from "simple-statistics";
import type { ProductionDuration } from "../production/production-metrics.ts";
import { incompleteBeta } from "../statistics/incomplete-beta.ts";
import { quantilesByRank } from "./duration-at-rank.ts";
import { tailIndex } from "./tail-index.ts";

/** Share of healthy invocations, from 0 to 1, that take longer than so many milliseconds. */
export type CutShare = (timeoutMs: number) => number;

/**
 * Estimates which share of invocations a timeout would cut off, from production.
 *
 * Between the durations that were read the share is interpolated in log-log; beyond the maximum it falls along the Pareto
 * tail of `tailIndex`. An estimate, not a bound.
 *
 * @param duration - Production's duration metrics.
 * @param slowdown - Factor on every duration: 1 for the size that production runs with.
 */
export const productionCutShare = (duration: ProductionDuration, slowdown: number): CutShare => {
  const n = duration.sampleCount;
  const points = quantilesByRank(duration)
    .filter(({ durationMs }) => durationMs > 0)
    // The k-th slowest lies at about the quantile of share (k - 0.3) / (n + 0.4): the median rank.
    .map(({ rank, durationMs }) => ({ share: (rank - 0.3) / (n + 0.4), durationMs: durationMs * slowdown }));
  const index = tailIndex(duration);
  return (timeoutMs) => {
    const slowest = points[0];
    const fastest = points.at(-1);
    if (slowest === undefined || fastest === undefined || timeoutMs <= 0) return 1;
    if (timeoutMs >= slowest.durationMs) return slowest.share * (timeoutMs / slowest.durationMs) ** (-1 / index);
    const below = points.findIndex(({ durationMs }) => durationMs <= timeoutMs);
    const lower = points[below];
    const upper = points[below - 1];
    // Under the lowest percentile that was read: more than its share, how much more is unknown.
    if (lower === undefined || upper === undefined) return Math.min(1, 2 * fastest.share);
    return between(upper, lower, timeoutMs);
  };
};

interface Point {
  readonly share: number;
  readonly durationMs: number;
}

const between = (slower: Point, faster: Point, timeoutMs: number): number => {
  if (slower.durationMs === faster.durationMs) return slower.share;
  const way = Math.log(timeoutMs / faster.durationMs) / Math.log(slower.durationMs / faster.durationMs);
  return faster.share * (slower.share / faster.share) ** way;
};

/**
 * Estimates which share of invocations a timeout would cut off, from tuning samples: the chance that one more invocation,
 * lognormal with their mean and spread, takes longer. Student's t carries what few samples leave open.
 *
 * @param durations - Healthy warm durations in milliseconds, above 0; at least one.
 */
export const samplesCutShare = (durations: readonly number[]): CutShare => {
  const n = durations.length;
  const logs = durations.map(Math.log);
  const centre = mean(logs);
  const spread = n < 2 ? Number.NaN : sampleStandardDeviation(logs) * Math.sqrt(1 + 1 / n);
  return (timeoutMs) => {
    if (timeoutMs <= 0) return 1;
    const excess = Math.log(timeoutMs) - centre;
    // One sample, or equal ones: nothing is known of the spread but that it was not seen.
    if (!(spread > 0)) return excess >= 0 ? 1 / (n + 1) : 1;
    const t = excess / spread;
    const oneSide = incompleteBeta((n - 1) / (n - 1 + t * t), (n - 1) / 2, 0.5) / 2;
    return t >= 0 ? oneSide : 1 - oneSide;
  };
};
