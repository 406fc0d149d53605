import type { SizeMeasurement } from "../run/measurement.ts";
import type { SamplingContext } from "../sampling/decision.ts";
import { estimateSizes } from "../sampling/estimate-sizes.ts";
import { memoryFloorMb } from "../sampling/memory-floor.ts";
import { observeSizes, type SizeObservation, usableSizes } from "../sampling/observe-sizes.ts";
import { withoutUnseenPressure } from "../sampling/without-unseen-pressure.ts";
import { type BillCurve, billCurve } from "./bill-curve.ts";
import { type JudgedSize, judgeSizes } from "./judge-sizes.ts";

/** What a run has found out about its sizes, before one of them is chosen. */
export interface JudgedRun {
  /** Of every size, usable or not; ascending. */
  readonly observations: readonly SizeObservation[];
  /** Of the sizes with samples to estimate from. */
  readonly usable: readonly SizeObservation[];
  /** Smallest size with room over the memory in use. */
  readonly floorMb: number;
  /** With the memory pressure that few calls leave possible: it decides. */
  readonly feared: BillCurve;
  /** What the calls have shown: what is said of a size. */
  readonly shown: BillCurve;
  /** The sizes of `shown`, with intervals; ascending. */
  readonly sizes: readonly JudgedSize[];
  readonly measured: readonly JudgedSize[];
  /** Measured, with room. */
  readonly roomy: readonly JudgedSize[];
  /** Sizes that may be chosen: the roomy ones; without one, the largest that ran is the least bad answer. */
  readonly candidates: readonly JudgedSize[];
}

/** @returns `undefined` when no size can be used. */
export const judgeRun = (context: SamplingContext, measurements: readonly SizeMeasurement[]): JudgedRun | undefined => {
  const observations = observeSizes(measurements);
  const usable = usableSizes(observations);
  if (usable.length === 0) return undefined;
  const floorMb = memoryFloorMb(observations);
  const estimates = estimateSizes(usable, context.payloadShares);
  const shown = billCurve(context, withoutUnseenPressure(estimates), floorMb);
  const sizes = judgeSizes(context, shown);
  const measured = sizes.filter(({ n }) => n > 0);
  const roomy = measured.filter(({ memorySizeMb }) => memorySizeMb >= floorMb);
  return {
    observations,
    usable,
    floorMb,
    feared: billCurve(context, estimates, floorMb),
    shown,
    sizes,
    measured,
    roomy,
    candidates: roomy.length > 0 ? roomy : measured.slice(-1),
  };
};
