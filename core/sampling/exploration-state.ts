import { callsOfNewSize, clampedCalls } from "./call-counts.ts";
import { candidateSizes } from "./candidate-sizes.ts";
import type { SamplingContext } from "./decision.ts";
import { type Estimates, estimateSizes } from "./estimate-sizes.ts";
import type { FittedCurve } from "./fit-curve.ts";
import { type SizeObservation, usableSizes } from "./observe-sizes.ts";
import { hostSd, roundSd } from "./platform-noise.ts";
import { cheapSpend, impatience } from "./patience.ts";
import { type Preset, presets } from "./presets.ts";
import { paidMemoryMb } from "./spend.ts";
import type { TailBelief } from "./tail-law.ts";

/** What exploring and racing look at: the estimates so far, and what may still be measured. */
export interface ExplorationState {
  readonly context: SamplingContext;
  readonly preset: Preset;
  readonly estimates: Estimates;
  /** Smallest size that may be recommended. */
  readonly floorMb: number;
  /** Warm calls of a size that is measured for the first time. */
  readonly calls: number;
  /** Warm calls that a winner has had in the end. */
  readonly finalCalls: number;
  /** Factor on the preset's thresholds: of the request's tolerance, and of what was spent already. */
  readonly impatience: number;
  /** The same for a function whose run is not cheap. */
  readonly strictImpatience: number;
  /** Allowed sizes that were not measured yet, ascending. */
  readonly untried: readonly number[];
}

/** The tolerance that the presets' thresholds are made for, and how far another one moves them. */
const usualTolerance = 0.02;
const toleranceFactors = { least: 0.25, most: 4 } as const;

/**
 * What the samples so far say.
 *
 * @param observations - Of which at least one size has samples.
 * @param floorMb - Smallest size that may be recommended.
 * @param estimates - Of the observations, where they were made before.
 */
export const explorationState = (
  context: SamplingContext,
  observations: readonly SizeObservation[],
  floorMb: number,
  estimates: Estimates = estimateSizes(usableSizes(observations), context.payloadShares),
): ExplorationState => {
  const preset = presets[context.sampling.preset];
  const byTolerance = Math.max(
    toleranceFactors.least,
    Math.min(toleranceFactors.most, context.sampling.tolerance / usualTolerance),
  );
  return {
    context,
    preset,
    estimates,
    floorMb,
    calls: callsOfNewSize(context, preset, usableSizes(observations), estimates),
    finalCalls: clampedCalls(preset.finalCalls, estimates.scale),
    impatience: byTolerance * impatience(observations, preset, estimates.tailFactor, cheapSpend),
    strictImpatience: byTolerance * impatience(observations, preset, estimates.tailFactor),
    untried: candidateSizes(context, floorMb).filter((mb) => !observations.some((size) => size.memorySizeMb === mb)),
  };
};

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
      memoryWeight(context) * Math.log(paidMemoryMb(curve.sizesMb[index] ?? 1, context)) +
      risk * (curve.covariance[index]?.[index] ?? 0),
  );

/** Variance of the estimate that a size measured for the first time will have. */
export const noiseOfNew = ({ estimates, calls }: ExplorationState): number =>
  errorVariance(
    estimates.scale,
    calls,
    meanOverBeliefs(estimates, (belief) => belief.varianceAfter(calls)),
    1,
  );

/**
 * Variance of what `more` calls in the environments it has will add to a size's estimate, taken as one observation.
 *
 * @param index - Of the size in the estimates.
 */
export const noiseOfMore = (estimates: Estimates, index: number, more: number): number => {
  const size = estimates.sizes[index];
  if (size === undefined) throw new RangeError(`Expected a measured size, got index ${index}.`);
  const environments = Math.max(1, size.environments);
  const own = (calls: number): number =>
    size.ownVarianceWith(calls) + meanOverBeliefs(estimates, (belief) => belief.varianceWith(index, calls));
  const before = errorVariance(size.scale, size.n, own(0), environments);
  const after = errorVariance(size.scale, size.n + more, own(more), environments);
  const gained = 1 / after - 1 / before;
  return gained > 1e-9 ? 1 / gained : 1e9;
};

const meanOverBeliefs = ({ tail }: Estimates, of: (belief: TailBelief) => number): number =>
  tail.beliefs.reduce((sum, belief) => sum + belief.weight * of(belief), 0);

const errorVariance = (scale: number, n: number, own: number, environments: number): number =>
  scale ** 2 / n + own + hostSd ** 2 / environments + roundSd ** 2;
