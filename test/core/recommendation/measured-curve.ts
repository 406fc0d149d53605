import { type BillCurve, billCurve } from "../../../core/recommendation/bill-curve.ts";
import { type JudgedSize, judgeSizes } from "../../../core/recommendation/judge-sizes.ts";
import type { SamplingContext } from "../../../core/sampling/decision.ts";
import { estimateSizes } from "../../../core/sampling/estimate-sizes.ts";
import { measuredSize, observed } from "../sampling/measured-size.ts";
import { samplingContext } from "../sampling/sampling-context.ts";

/** So many calls of about a duration: 2 % to either side of it. */
export const about = (durationMs: number, count = 9): number[] =>
  Array.from({ length: count }, (_, call) => durationMs * (1 + 0.02 * ((call % 3) - 1)));

/** Durations of the warm calls at each size. */
export type CallsBySize = Readonly<Record<number, readonly number[]>>;

export interface MeasuredCurve {
  readonly context: SamplingContext;
  readonly curve: BillCurve;
  readonly judged: readonly JudgedSize[];
  /** The judged size of that memory. */
  readonly at: (memorySizeMb: number) => JudgedSize;
}

/** The curve of bills of a function that was measured so, with nothing but the listed sizes to choose from. */
export const measuredCurve = (
  callsBySize: CallsBySize,
  { sizesMb = Object.keys(callsBySize).map(Number), sampling = {} }: { sizesMb?: number[]; sampling?: object } = {},
): MeasuredCurve => {
  const context = samplingContext({ memory: { sizesMb }, sampling });
  const sizes = Object.entries(callsBySize).map(([mb, calls]) => measuredSize(Number(mb), calls));
  const curve = billCurve(context, estimateSizes(observed(...sizes), context.payloadShares), 128);
  const judged = judgeSizes(context, curve);
  return {
    context,
    curve,
    judged,
    at: (memorySizeMb) => {
      const found = judged.find((size) => size.memorySizeMb === memorySizeMb);
      if (found === undefined) throw new RangeError(`Expected a size of the curve, got ${memorySizeMb} MB.`);
      return found;
    },
  };
};
