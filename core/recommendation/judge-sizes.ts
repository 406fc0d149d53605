import type { SamplingContext } from "../sampling/decision.ts";
import type { JudgedEstimate } from "./judge-estimates.ts";
import { invocationCharge } from "../sampling/spend.ts";
import { studentTQuantile } from "../statistics/student-t-quantile.ts";

/** A size in the terms of the report: duration and charge, with intervals at the request's confidence. */
export interface JudgedSize {
  readonly memorySizeMb: number;
  readonly logBilled: number;
  readonly logDuration: number;
  readonly variance: number;
  readonly durationMs: number;
  readonly durationIntervalMs: { readonly lower: number; readonly upper: number };
  readonly chargePerMillionUsd: number;
  readonly chargeIntervalUsd: { readonly lower: number; readonly upper: number };
}

/** Turns estimates on the log scale into durations and charges with intervals. */
export const judgeSizes = (context: SamplingContext, estimates: readonly JudgedEstimate[]): JudgedSize[] =>
  estimates.map((estimate) => {
    const degrees = Math.max(2, estimate.n - 1);
    const half = studentTQuantile((1 + context.sampling.confidence) / 2, degrees) * Math.sqrt(estimate.variance);
    const charge = (logBilled: number) => 1e6 * invocationCharge(estimate.memorySizeMb, Math.exp(logBilled), context);
    return {
      memorySizeMb: estimate.memorySizeMb,
      logBilled: estimate.logBilled,
      logDuration: estimate.logDuration,
      variance: estimate.variance,
      durationMs: Math.exp(estimate.logDuration),
      durationIntervalMs: {
        lower: Math.exp(estimate.logDuration - half),
        upper: Math.exp(estimate.logDuration + half),
      },
      chargePerMillionUsd: charge(estimate.logBilled),
      chargeIntervalUsd: { lower: charge(estimate.logBilled - half), upper: charge(estimate.logBilled + half) },
    };
  });
