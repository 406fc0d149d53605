import type { SamplingContext } from "../sampling/decision.ts";
import type { BillCurve } from "./bill-curve.ts";
import { chargeRatio } from "./charge-ratio.ts";
import type { JudgedSize } from "./judge-sizes.ts";
import type { Interval } from "./log-interval.ts";

/** The recommended size against the current one. */
export interface Comparison {
  /** Percent of the current charge; negative when the recommendation costs more. */
  readonly savingPercent: { readonly expected: number; readonly interval: Interval };
  readonly durationChangePercent: number;
}

/** Compares charges and durations; what both sizes have in common does not widen the interval. */
export const compareWithCurrent = (
  context: SamplingContext,
  curve: BillCurve,
  current: JudgedSize,
  best: JudgedSize,
): Comparison => {
  const { expected, interval } = chargeRatio(context, curve, best, current);
  return {
    savingPercent: {
      expected: 100 * (1 - expected),
      interval: { lower: 100 * (1 - interval.upper), upper: 100 * (1 - interval.lower) },
    },
    durationChangePercent: 100 * (best.durationMs / current.durationMs - 1),
  };
};
