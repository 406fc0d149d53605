import type { SamplingContext } from "../sampling/decision.ts";
import type { BillCurve } from "./bill-curve.ts";
import type { JudgedSize } from "./judge-sizes.ts";
import { type Interval, logInterval, ratioWidths } from "./log-interval.ts";

/** The recommended size against the current one. */
export interface Comparison {
  /** Percent of the current charge; negative when the recommendation costs more. */
  readonly savingPercent: { readonly expected: number; readonly interval: Interval };
  readonly durationChangePercent: number;
}

/** Variance of the ratio of two sizes' speeds that a run does not see: their environments of another day. */
const ratioSd = 0.02;

/** Compares charges and durations; what both sizes have in common does not widen the interval. */
export const compareWithCurrent = (
  context: SamplingContext,
  curve: BillCurve,
  current: JudgedSize,
  best: JudgedSize,
): Comparison => {
  const ratio = best.chargePerMillionUsd / current.chargePerMillionUsd;
  const same = current.memorySizeMb === best.memorySizeMb;
  const variance = same ? 0 : curve.ratioVariance(best.index, current.index) + ratioSd ** 2;
  const interval = logInterval(Math.log(ratio), variance, context.sampling.confidence, ratioWidths);
  return {
    savingPercent: {
      expected: 100 * (1 - ratio),
      interval: { lower: 100 * (1 - interval.upper), upper: 100 * (1 - interval.lower) },
    },
    durationChangePercent: 100 * (best.durationMs / current.durationMs - 1),
  };
};
