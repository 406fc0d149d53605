import type { SamplingContext } from "../sampling/decision.ts";
import { invocationCharge } from "../sampling/spend.ts";
import type { BillCurve, BillPoint } from "./bill-curve.ts";
import { billWidths, type Interval, logInterval } from "./log-interval.ts";

/** A size in the terms of the report: duration and charge, with intervals at the request's confidence. */
export interface JudgedSize extends BillPoint {
  readonly durationMs: number;
  readonly durationIntervalMs: Interval;
  readonly chargePerMillionUsd: number;
  readonly chargeIntervalUsd: Interval;
}

/** Turns estimates on the log scale into durations and charges with intervals. */
export const judgeSizes = (context: SamplingContext, { points, calls }: BillCurve): JudgedSize[] => {
  const { confidence } = context.sampling;
  const widths = billWidths(calls);
  return points.map((point) => {
    const charge = (billedMs: number) => 1e6 * invocationCharge(point.memorySizeMb, billedMs, context);
    const billed = logInterval(point.logBilled, point.variance, confidence, widths);
    return {
      ...point,
      durationMs: Math.exp(point.logDuration),
      durationIntervalMs: logInterval(point.logDuration, point.variance, confidence, widths),
      chargePerMillionUsd: charge(Math.exp(point.logBilled)),
      chargeIntervalUsd: { lower: charge(billed.lower), upper: charge(billed.upper) },
    };
  });
};
