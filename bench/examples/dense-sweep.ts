import { mean } from "simple-statistics";
import type { MeasurementSummary } from "../../core/report/schema.ts";

/** The charge that a dense sweep measured at one size. */
export interface SweepPoint {
  readonly memorySizeMb: number;
  readonly chargePerMillionUsd: number;
  /** Half the width of the confidence interval of `chargePerMillionUsd`. */
  readonly halfIntervalUsd: number;
}

/**
 * Averages passes over the same sizes into one sweep.
 *
 * The intervals are those of the passes, combined as of independent means: what drifts from one pass to the next is
 * averaged out of the charges but not in the intervals.
 *
 * @param passes - Measurements of each pass; a size that a pass could not charge is left out of the sweep.
 * @returns Points in ascending order of size.
 */
export const sweepOf = (passes: readonly (readonly MeasurementSummary[])[]): readonly SweepPoint[] => {
  const sizes = new Set(passes.flat().map(({ memorySizeMb }) => memorySizeMb));
  return [...sizes]
    .sort((a, b) => a - b)
    .flatMap((memorySizeMb): SweepPoint[] => {
      const charges = passes.flatMap((pass) => {
        const charge = pass.find((measurement) => measurement.memorySizeMb === memorySizeMb)?.chargePerMillionUsd;
        return charge?.interval === undefined
          ? []
          : [{ mean: charge.mean, half: (charge.interval.upper - charge.interval.lower) / 2 }];
      });
      if (charges.length < passes.length) return [];
      return [
        {
          memorySizeMb,
          chargePerMillionUsd: mean(charges.map((charge) => charge.mean)),
          halfIntervalUsd: Math.hypot(...charges.map(({ half }) => half)) / charges.length,
        },
      ];
    });
};

/**
 * The cheapest point of a sweep.
 *
 * @throws RangeError for a sweep without points.
 */
export const cheapestOf = (sweep: readonly SweepPoint[]): SweepPoint => {
  const [first, ...rest] = sweep;
  if (first === undefined) throw new RangeError("The sweep could charge no size: see the function's errors.");
  return rest.reduce((best, point) => (point.chargePerMillionUsd < best.chargePerMillionUsd ? point : best), first);
};
