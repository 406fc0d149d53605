import type { SamplingContext } from "../sampling/decision.ts";
import type { BillPoint } from "./bill-curve.ts";
import type { SizeObservation } from "../sampling/observe-sizes.ts";
import { binomialTail } from "../statistics/binomial-tail.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { quantileUpperBound } from "../statistics/quantile-upper-bound.ts";
import { studentTQuantile } from "../statistics/student-t-quantile.ts";

/** Whether a size keeps its percentile of duration under the limit, and how that is known. */
export interface SloVerdict {
  readonly percentile: number;
  readonly limitMs: number;
  /** `estimated-met` when n is too small for a distribution-free bound. */
  readonly verdict: "met" | "estimated-met" | "not-met" | "not-shown";
  /** Upper confidence bound of the percentile: distribution-free where n supports it, else lognormal. */
  readonly upperBoundMs?: number;
}

/** @returns A verdict for each candidate by its memory size, or `undefined` for other objectives than `slo`. */
export const judgeSlo = (
  context: SamplingContext,
  usable: readonly SizeObservation[],
  candidates: readonly BillPoint[],
): ReadonlyMap<number, SloVerdict> | undefined => {
  const { objective } = context;
  if (objective.kind !== "slo") return undefined;
  const eligible = new Set(candidates.map((candidate) => candidate.memorySizeMb));
  return new Map(
    usable
      .filter((size) => eligible.has(size.memorySizeMb))
      .map((size) => [
        size.memorySizeMb,
        sloVerdict(
          size.warm.map((sample) => sample.durationMs),
          objective.percentile,
          objective.durationMs,
          context.sampling.confidence,
        ),
      ]),
  );
};

/**
 * Judges one size's durations against a limit.
 *
 * The upper bound is the smallest order statistic that exceeds the percentile with the given confidence (binomial);
 * where n is too small for one, a lognormal tolerance bound, and the verdict says `estimated`.
 */
export const sloVerdict = (
  durationsMs: readonly number[],
  percentile: number,
  limitMs: number,
  confidence: number,
): SloVerdict => {
  const q = percentile / 100;
  const distributionFree = quantileUpperBound(durationsMs, q, confidence);
  const upperBoundMs = distributionFree ?? lognormalBound(durationsMs, q, confidence);
  const over = durationsMs.filter((value) => value > limitMs).length;
  const verdict =
    upperBoundMs <= limitMs
      ? distributionFree === undefined
        ? "estimated-met"
        : "met"
      : binomialTail(durationsMs.length, 1 - q, over) < 1 - confidence
        ? "not-met"
        : "not-shown";
  return { percentile, limitMs, verdict, upperBoundMs };
};

/** Upper tolerance bound of a lognormal law, by its large-sample approximation. */
const lognormalBound = (values: readonly number[], q: number, confidence: number): number => {
  const logs = values.map((value) => Math.log(Math.max(0.01, value)));
  const n = logs.length;
  const mean = logs.reduce((sum, value) => sum + value, 0) / n;
  const squares = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sd = Math.sqrt((squares + priorSpread.samples * priorSpread.sd ** 2) / (n - 1 + priorSpread.samples));
  const z = normalQuantile(q);
  const degrees = n - 1 + priorSpread.samples;
  const margin = studentTQuantile(confidence, degrees) * Math.sqrt(1 / n + z ** 2 / (2 * degrees));
  return Math.exp(mean + sd * (z + margin));
};

/** Spread assumed before a size has shown its own, and how many samples that belief weighs. */
const priorSpread = { sd: 0.1, samples: 2 } as const;
