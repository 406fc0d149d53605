import type { SamplingContext } from "../sampling/decision.ts";
import { invocationCharge } from "../sampling/spend.ts";
import type { BillCurve, BillPoint } from "./bill-curve.ts";
import { type Interval, logInterval, ratioWidths } from "./log-interval.ts";

/** Sd of the ratio of two sizes' speeds that a run does not see: their environments of another day. */
const ratioSd = 0.02;
/** Sd of what rounding up to whole milliseconds adds to a call: a few equal calls of a millisecond or two hide it. */
const roundingSdMs = 0.3;

/**
 * The charge of an invocation at one size over that at another, request fee included, with its interval.
 *
 * Durations vary, the fee does not: the two logarithms are moved together in the direction in which the ratio changes
 * most, as far as the interval of the ratio of the computing alone would go (a first-order reliability method). Without a
 * fee that is the lognormal interval of the ratio itself.
 *
 * @param size - Both are sizes of the curve.
 */
export const chargeRatio = (
  context: SamplingContext,
  curve: BillCurve,
  size: BillPoint,
  other: BillPoint,
): { readonly expected: number; readonly interval: Interval } => {
  const charge = (point: BillPoint, shift: number): number =>
    invocationCharge(point.memorySizeMb, Math.exp(point.logBilled + shift), context);
  const expected = charge(size, 0) / charge(other, 0);
  if (size.index === other.index) return { expected, interval: { lower: expected, upper: expected } };
  const computingShare = (point: BillPoint): number => 1 - context.usdPerRequest / charge(point, 0);
  const covariance = (a: BillPoint, b: BillPoint): number =>
    (curve.fitted.covariance[a.index]?.[b.index] ?? 0) +
    curve.commonVariance +
    (a === b ? ratioSd ** 2 / 2 + roundingVariance(a) : 0);
  const pull = (point: BillPoint): number =>
    computingShare(size) * covariance(point, size) - computingShare(other) * covariance(point, other);
  const variance = computingShare(size) * pull(size) - computingShare(other) * pull(other);
  if (!(variance > 0)) return { expected, interval: { lower: expected, upper: expected } };
  const sds = logInterval(0, 1, context.sampling.confidence, ratioWidths);
  const moved = (by: number): number => {
    const step = by / Math.sqrt(variance);
    return charge(size, step * pull(size)) / charge(other, step * pull(other));
  };
  return { expected, interval: { lower: moved(Math.log(sds.lower)), upper: moved(Math.log(sds.upper)) } };
};

/** Of the logarithm of a size's mean billed milliseconds. */
const roundingVariance = ({ logBilled, n }: BillPoint): number =>
  (roundingSdMs / Math.exp(logBilled)) ** 2 / Math.max(1, n);
