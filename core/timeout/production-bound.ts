import type { ProductionDuration } from "../production/production-metrics.ts";
import { boundRank } from "./bound-rank.ts";
import { durationAtRank } from "./duration-at-rank.ts";
import type { QuantileBound } from "./quantile-bound.ts";
import { tailIndex } from "./tail-index.ts";

/**
 * Bounds a high quantile of production's duration at the size that production runs with.
 *
 * With invocations enough the bound is one of the slowest that were seen, and assumes nothing. With fewer, the maximum is
 * carried outward along a Pareto tail: the k-th slowest of n lies near the quantile of share k/n, a quantile of share s at
 * max * (1 / (n s))^index, and 3 / (n s) stands for 95 % confidence (-ln(1 - confidence) in general). It is carried no
 * further than ten times the invocations seen: beyond, the answer would be the assumption alone.
 *
 * @param duration - Production's duration metrics.
 * @param exceedShare - Share of invocations beyond the quantile, above 0 and below 1.
 * @param confidence - Of the upper bound, above 0 and below 1.
 */
export const productionBound = (
  duration: ProductionDuration,
  exceedShare: number,
  confidence: number,
): QuantileBound => {
  const expectedBeyond = duration.sampleCount * exceedShare;
  const rank = boundRank(duration.sampleCount, exceedShare, confidence);
  if (rank !== undefined) {
    const upperMs = durationAtRank(duration, rank);
    const expectedMs = Math.min(upperMs, durationAtRank(duration, Math.max(rank, Math.round(expectedBeyond))));
    return { expectedMs, upperMs, method: "distribution-free" };
  }
  const index = tailIndex(duration);
  const outward = (rankOfMaximum: number): number =>
    duration.maxMs * Math.min(furthest, rankOfMaximum / expectedBeyond) ** index;
  return {
    expectedMs: outward(medianRankOfMaximum),
    upperMs: Math.max(duration.maxMs, outward(-Math.log1p(-confidence))),
    method: "extrapolated",
  };
};

/** The maximum of n values lies, half of the time, beyond the quantile of share ln 2 / n. */
const medianRankOfMaximum = Math.LN2;

/** How many times the invocations seen a tail is carried outward at most: what 3,000 need for 1 in 10,000. */
const furthest = 10;
