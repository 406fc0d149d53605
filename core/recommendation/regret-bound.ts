import { quantileSorted } from "simple-statistics";
import type { SamplingContext } from "../sampling/decision.ts";
import { choleskyFactor } from "../statistics/cholesky.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { seededGenerator } from "../statistics/seeded-generator.ts";
import type { BillCurve, BillPoint } from "./bill-curve.ts";
import { objectiveOfCall } from "./objective-of-call.ts";

/** An upper bound in percent, and how sure it is. */
export interface RegretBound {
  readonly confidence: number;
  readonly value: number;
}

/** Draws of the curve. */
const draws = 400;
/** Confidence of the bound, whatever that of the intervals. */
const confidence = 0.9;
/** Sd of the logarithm of two sizes' ratio that no run sees, however many calls it makes: their environments of another day. */
const hiddenSd = 0.01;

/**
 * How much worse than the best size the chosen one is at most, in percent of the objective, with 90 % confidence.
 *
 * Draws whole curves from what the samples leave open, and looks how far the chosen size is from the lowest point of each:
 * by the whole charge, request fee included, or what `balanced` makes of it.
 *
 * @param chosenMb - A size of the curve.
 * @param floorMb - Smaller sizes may not be chosen.
 * @param among - Sizes of the curve that it is compared with; all of them, measured or not, unless told.
 */
export const regretBound = (
  context: SamplingContext,
  curve: BillCurve,
  chosenMb: number,
  floorMb: number,
  among: readonly Pick<BillPoint, "memorySizeMb" | "index">[] = curve.points,
): RegretBound => {
  const { mean } = curve.fitted;
  const jitter = 1e-9;
  const lower = choleskyFactor(
    curve.fitted.covariance.map((row, index) =>
      Float64Array.from(row, (value, column) => value + (index === column ? jitter : 0)),
    ),
  );
  const rivals = among.filter(({ memorySizeMb }) => memorySizeMb >= floorMb && memorySizeMb !== chosenMb);
  const chosen = curve.points.findIndex(({ memorySizeMb }) => memorySizeMb === chosenMb);
  const random = seededGenerator(context.seed);
  const normal = (): number => normalQuantile(random() + 2 ** -33);
  const regrets = Array.from({ length: draws }, () => {
    const normals = Float64Array.from(mean, normal);
    const drawn = lower.map((row, index) => {
      let sum = 0;
      for (let column = 0; column <= index; column++) sum += (row[column] ?? 0) * (normals[column] ?? 0);
      const billedMs = Math.exp((mean[index] ?? 0) + sum);
      return objectiveOfCall(context, curve.fitted.sizesMb[index] ?? 1, billedMs);
    });
    const lowest = Math.min(...rivals.map(({ index }) => drawn[index] ?? Number.POSITIVE_INFINITY));
    return 100 * Math.max(0, ((drawn[chosen] ?? 0) / lowest) * Math.exp(hiddenSd * normal()) - 1);
  }).sort((a, b) => a - b);
  return { confidence, value: quantileSorted(regrets, confidence) };
};
