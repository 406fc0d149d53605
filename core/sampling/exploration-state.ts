import type { SamplingContext } from "./decision.ts";
import type { Estimates, SizeEstimate } from "./estimate-sizes.ts";
import { type FittedCurve, hostSd, roundSd } from "./fit-curve.ts";
import type { Preset } from "./presets.ts";

/** What exploring and racing look at: the estimates so far, and what may still be measured. */
export interface ExplorationState {
  readonly context: SamplingContext;
  readonly preset: Preset;
  readonly estimates: Estimates;
  /** Smallest size that may be recommended. */
  readonly floorMb: number;
  /** Warm calls of a size that is measured for the first time. */
  readonly calls: number;
  /** Warm calls that a finalist has had in the end. */
  readonly finalCalls: number;
  /** Allowed sizes that were not measured yet, ascending. */
  readonly untried: readonly number[];
}

/** Payloads with a smaller share than this need not all be seen at every size. */
const smallPayloadShare = 0.05;
/** Most calls that seeing every payload may cost. */
const mostPayloadCalls = 8;

/** Warm calls until every payload that matters was sent. */
export const payloadCalls = ({ payloadShares }: SamplingContext): number =>
  payloadShares.length <= 1
    ? 1
    : Math.min(
        mostPayloadCalls,
        Math.ceil(1 / Math.min(...payloadShares.filter((share) => share >= smallPayloadShare))),
      );

/** More calls for noisier functions, between bounds. */
export const clampedCalls = ({ least, perScale, most }: Preset["calls"], scale: number): number =>
  Math.round(Math.max(least, Math.min(most, least + perScale * (scale - 0.03))));

/** Weight of log memory in the objective: 1 minimises charge, 0 duration. */
const memoryWeight = ({ objective }: SamplingContext): number =>
  objective.kind === "balanced" ? 1 - objective.weight : 1;

/**
 * Logarithm of the objective at each size of a curve.
 *
 * @param risk - Weight of the curve's variance: 0.5 gives the mean of the bill, 0 its median.
 */
export const objectiveOf = (curve: FittedCurve, context: SamplingContext, risk = 0): Float64Array =>
  curve.mean.map(
    (value, index) =>
      value +
      memoryWeight(context) * Math.log(curve.sizesMb[index] ?? 1) +
      risk * (curve.covariance[index]?.[index] ?? 0),
  );

/** Variance of the estimate that a size measured for the first time will have. */
export const noiseOfNew = ({ estimates, calls }: ExplorationState): number =>
  errorVariance(estimates.scale, calls, estimates.tailVarianceAfter(calls), 1);

/** Variance of what `more` calls in the environments it has will add to a size's estimate, taken as one observation. */
export const noiseOfMore = (estimates: Estimates, size: SizeEstimate, more: number): number => {
  const environments = Math.max(1, size.environments);
  const before = errorVariance(estimates.scale, size.n, size.tailVariance, environments);
  const after = errorVariance(estimates.scale, size.n + more, size.tailVarianceWith(more), environments);
  const gained = 1 / after - 1 / before;
  return gained > 1e-9 ? 1 / gained : 1e9;
};

const errorVariance = (scale: number, n: number, tail: number, environments: number): number =>
  scale ** 2 / n + tail + hostSd ** 2 / environments + roundSd ** 2;
