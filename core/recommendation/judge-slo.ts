import type { SamplingContext } from "../sampling/decision.ts";
import type { SizeEstimate } from "../sampling/estimate-sizes.ts";
import type { SizeObservation } from "../sampling/observe-sizes.ts";

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
  candidates: readonly SizeEstimate[],
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
  const distributionFree = orderStatisticBound(durationsMs, q, confidence);
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

const orderStatisticBound = (values: readonly number[], q: number, confidence: number): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  // P(X_(k) >= quantile) = P(Bin(n, q) <= k - 1).
  let cumulative = 0;
  for (let k = 1; k <= n; k++) {
    cumulative += binomialMass(n, k - 1, q);
    if (cumulative >= confidence) return sorted[k - 1];
  }
  return undefined;
};

const lognormalBound = (values: readonly number[], q: number, confidence: number): number => {
  const logs = values.map((value) => Math.log(Math.max(0.01, value)));
  const n = logs.length;
  const mean = logs.reduce((sum, value) => sum + value, 0) / n;
  const squares = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sd = Math.sqrt((squares + 2 * 0.1 ** 2) / (n + 1));
  const z = q >= 0.99 ? 2.326 : q >= 0.95 ? 1.645 : q >= 0.9 ? 1.282 : 0;
  const extra = confidence >= 0.95 ? 2 : 1.3;
  return Math.exp(mean + sd * (z + extra * Math.sqrt(1 / n + z ** 2 / (2 * n))));
};

/** P(Bin(n, p) >= k). */
const binomialTail = (n: number, p: number, k: number): number => {
  let below = 0;
  for (let i = 0; i < k; i++) below += binomialMass(n, i, p);
  return 1 - below;
};

const binomialMass = (n: number, k: number, p: number): number => {
  let logMass = k * Math.log(p) + (n - k) * Math.log1p(-p);
  for (let i = 1; i <= k; i++) logMass += Math.log((n - k + i) / i);
  return Math.exp(logMass);
};
