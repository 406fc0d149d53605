import type { SamplingContext } from "../sampling/decision.ts";
import { nextMeasurement } from "../sampling/explore.ts";
import { explorationState } from "../sampling/exploration-state.ts";
import type { SizeObservation } from "../sampling/observe-sizes.ts";
import { invocationCharge } from "../sampling/spend.ts";
import type { BillCurve } from "./bill-curve.ts";

/** What going on with sampling would cost and is expected to gain. */
export interface NextDollar {
  /** Charge of the next measurement, in US dollars. */
  readonly usd: number;
  /** Expected fall of the objective at the recommended size, in percent; 0 or more. */
  readonly expectedGainPercent: number;
}

/**
 * Looks what the most worthwhile next measurement would buy.
 *
 * @param observations - Of which at least one size has samples.
 * @param curve - Fitted to them.
 * @returns `undefined` when there is nothing left to measure.
 */
export const nextDollar = (
  context: SamplingContext,
  observations: readonly SizeObservation[],
  curve: BillCurve,
  floorMb: number,
): NextDollar | undefined => {
  const next = nextMeasurement(explorationState(context, observations, floorMb, curve.estimates));
  const point = curve.points.find(({ memorySizeMb }) => memorySizeMb === next?.memorySizeMb);
  if (next === undefined || point === undefined) return undefined;
  return {
    usd: next.invocations * invocationCharge(next.memorySizeMb, Math.exp(point.logBilled), context),
    expectedGainPercent: -100 * Math.expm1(-next.gain),
  };
};
