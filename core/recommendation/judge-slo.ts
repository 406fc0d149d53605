import type { SamplingContext } from "../sampling/decision.ts";
import type { BillPoint } from "./bill-curve.ts";
import { estimatePercentiles, type PercentileEstimate } from "../sampling/estimate-percentiles.ts";
import type { SizeObservation } from "../sampling/observe-sizes.ts";
import { binomialTail } from "../statistics/binomial-tail.ts";

/** Whether a size keeps its percentile of duration under the limit, and how that is known. */
export interface SloVerdict {
  readonly percentile: number;
  readonly limitMs: number;
  /** `estimated-met` when n is too small for a distribution-free bound. */
  readonly verdict: "met" | "estimated-met" | "not-met" | "not-shown";
  /** Upper confidence bound of the percentile: distribution-free where n supports it, else estimated from all sizes. */
  readonly upperBoundMs?: number;
  /** Most likely value of the percentile. */
  readonly expectedMs?: number;
}

/** @returns A verdict for each candidate by its memory size, or `undefined` for other objectives than `slo`. */
export const judgeSlo = (
  context: SamplingContext,
  usable: readonly SizeObservation[],
  candidates: readonly BillPoint[],
): ReadonlyMap<number, SloVerdict> | undefined => {
  const { objective } = context;
  if (objective.kind !== "slo") return undefined;
  const { confidence } = context.sampling;
  const eligible = new Set(candidates.map((candidate) => candidate.memorySizeMb));
  return new Map(
    estimatePercentiles(usable, objective.percentile, confidence)
      .filter(({ memorySizeMb }) => eligible.has(memorySizeMb))
      .map((estimate) => [
        estimate.memorySizeMb,
        sloVerdict(estimate, objective.percentile, objective.durationMs, confidence),
      ]),
  );
};

/**
 * Judges one size's durations against a limit.
 *
 * `met` rests on the smallest order statistic that exceeds the percentile with the given confidence (binomial), whatever the
 * law of the durations. Where n is too small for one, the bound is estimated from the tail of all sizes, and the verdict
 * says so. `not-met` needs more samples over the limit than chance explains.
 */
export const sloVerdict = (
  estimate: PercentileEstimate,
  percentile: number,
  limitMs: number,
  confidence: number,
): SloVerdict => {
  const upperBoundMs = estimate.shownBoundMs ?? estimate.estimatedBoundMs;
  const isUnderLimit = upperBoundMs <= limitMs;
  const tooMany = binomialTail(estimate.n, 1 - percentile / 100, estimate.countAbove(limitMs)) < 1 - confidence;
  const otherwise = tooMany ? "not-met" : "not-shown";
  const met = estimate.shownBoundMs === undefined ? "estimated-met" : "met";
  return {
    percentile,
    limitMs,
    verdict: isUnderLimit ? met : otherwise,
    upperBoundMs,
    expectedMs: estimate.expectedMs,
  };
};
