import { candidateSizes } from "../sampling/candidate-sizes.ts";
import type { SamplingContext } from "../sampling/decision.ts";
import type { Estimates } from "../sampling/estimate-sizes.ts";
import { type FittedCurve, fitCurve } from "../sampling/fit-curve.ts";
import { paidMemoryMb } from "../sampling/spend.ts";

/** What estimates say about the mean bill of every size that was measured or may be chosen: jointly lognormal. */
export interface BillCurve {
  readonly estimates: Estimates;
  readonly fitted: FittedCurve;
  /** Sizes as in `fitted`, ascending. */
  readonly points: readonly BillPoint[];
  /** Variance of the logarithm that all sizes have in common: far tails, and the time of day of the run. */
  readonly commonVariance: number;
  /** Warm samples behind all of it. */
  readonly calls: number;
}

/** One size of the curve. */
export interface BillPoint {
  readonly memorySizeMb: number;
  /** Its place in the curve. */
  readonly index: number;
  /** Warm samples behind it; 0 between measured sizes. */
  readonly n: number;
  /** Logarithm of mean billed milliseconds. */
  readonly logBilled: number;
  /** Logarithm of the megabytes that are paid for meanwhile, ephemeral storage among them. */
  readonly logPaidMemory: number;
  /** Logarithm of mean milliseconds. */
  readonly logDuration: number;
  /** Variance of both, with what is common to all sizes. */
  readonly variance: number;
  /** The same without it. */
  readonly curveVariance: number;
}

/**
 * Sd of the logarithm of the speed of a region's hosts over the hours of a day and from day to day: a run sees one moment
 * of it, and all its sizes see the same.
 */
const timeOfDaySd = 0.025;

/**
 * Fits the curve of mean bills at measured sizes and at all that may be chosen.
 *
 * @param estimates - Of at least one size, ascending.
 * @param floorMb - Smallest size that may be chosen.
 */
export const billCurve = (context: SamplingContext, estimates: Estimates, floorMb: number): BillCurve => {
  const measured = new Map(estimates.sizes.map((size) => [size.memorySizeMb, size]));
  const sizesMb = [...new Set([...measured.keys(), ...candidateSizes(context, floorMb)])].sort((a, b) => a - b);
  const fitted = fitCurve(estimates, sizesMb);
  const commonVariance = estimates.tail.sharedVariance + timeOfDaySd ** 2;
  const variance = (a: number, b: number): number => fitted.covariance[a]?.[b] ?? 0;
  return {
    estimates,
    fitted,
    points: sizesMb.map((memorySizeMb, index) => {
      const mean = fitted.mean[index] ?? 0;
      return {
        memorySizeMb,
        index,
        n: measured.get(memorySizeMb)?.n ?? 0,
        logBilled: mean + variance(index, index) / 2,
        logPaidMemory: Math.log(paidMemoryMb(memorySizeMb, context)),
        logDuration: mean + durationOverBilled(estimates, memorySizeMb),
        variance: variance(index, index) + commonVariance,
        curveVariance: variance(index, index),
      };
    }),
    commonVariance,
    calls: estimates.sizes.reduce((sum, { n }) => sum + n, 0),
  };
};

/** Of the nearest measured size. */
const durationOverBilled = ({ sizes }: Estimates, memorySizeMb: number): number => {
  const distance = (mb: number): number => Math.abs(Math.log(mb / memorySizeMb));
  const [first, ...others] = sizes;
  if (first === undefined) throw new RangeError("Expected at least one size with samples, got none.");
  return others.reduce((near, size) => (distance(size.memorySizeMb) < distance(near.memorySizeMb) ? size : near), first)
    .logDurationOverBilled;
};
