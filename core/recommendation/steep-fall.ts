import type { MeasurementSummary } from "../report/schema.ts";
import { hostSd } from "../sampling/platform-noise.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";

/** What a size has shown of its mean duration and of the memory it used. */
export type MeasuredDuration = Pick<MeasurementSummary, "memorySizeMb" | "outcome" | "maxMemoryUsedMb"> & {
  readonly durationMs?: Pick<NonNullable<MeasurementSummary["durationMs"]>, "mean" | "meanInterval"> | undefined;
};

/** Two neighbouring measured sizes between which duration falls faster than CPU explains. */
export interface SteepFall {
  readonly fromMb: number;
  readonly toMb: number;
  /** At the smaller of them; absent when no invocation told. */
  readonly usedMb?: number;
  /** Whether the smaller is so full that memory may be what it is short of. */
  readonly isShortOfMemory: boolean;
}

/** Slope of log duration on log memory that the CPU share alone gives at most, and one that is steep. */
const slopes = { byCpu: -1, steep: -1.25 } as const;
/** Two environments differ by as much in 95 of 100 cases, as a logarithm. */
const environments = normalQuantile(0.975) * Math.SQRT2 * hostSd;
/** Runtimes of a size up to so many times the memory used may be short of it: the same as sampling reckons with. */
const pressureUpTo = 1.7;

/**
 * Looks whether duration falls faster than CPU explains from the smallest measured size to the next.
 *
 * The fall must be steep, and steeper than CPU explains even where the intervals of both means and the difference of their
 * environments make least of it. What that says of memory depends on how much of it was used.
 *
 * @param measurements - In any order; sizes without an interval of their mean say nothing.
 */
export const steepFall = (measurements: readonly MeasuredDuration[]): SteepFall | undefined => {
  const [first, second] = measurements
    .filter(({ outcome, durationMs }) => outcome === "measured" && durationMs !== undefined)
    .toSorted((a, b) => a.memorySizeMb - b.memorySizeMb);
  const [from, to] = [first?.durationMs, second?.durationMs];
  if (first === undefined || second === undefined || from?.meanInterval === undefined) return undefined;
  if (to?.meanInterval === undefined || from.meanInterval.lower <= 0) return undefined;
  const distance = Math.log(second.memorySizeMb / first.memorySizeMb);
  const fall = Math.log(to.mean / from.mean);
  const leastFall = Math.log(to.meanInterval.upper / from.meanInterval.lower) + environments;
  if (fall > slopes.steep * distance || leastFall >= slopes.byCpu * distance) return undefined;
  const { maxMemoryUsedMb: usedMb } = first;
  return {
    fromMb: first.memorySizeMb,
    toMb: second.memorySizeMb,
    ...(usedMb === undefined ? {} : { usedMb }),
    isShortOfMemory: usedMb !== undefined && pressureUpTo * usedMb >= first.memorySizeMb,
  };
};
