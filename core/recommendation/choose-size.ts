import type { SizeMeasurement } from "../run/measurement.ts";
import type { SamplingContext, StopReason } from "../sampling/decision.ts";
import { judgedEstimates, type JudgedEstimate } from "./judge-estimates.ts";
import { memoryFloorMb } from "../sampling/memory-floor.ts";
import { observeSizes, usableSizes } from "../sampling/observe-sizes.ts";
import { explainChoice } from "./choose-explanation.ts";
import { rankByObjective } from "./choose-by-objective.ts";
import { type SloVerdict, judgeSlo } from "./judge-slo.ts";
import { type JudgedSize, judgeSizes } from "./judge-sizes.ts";

/** Both ends of an interval. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** A point of the fitted curve, with its interval at the request's confidence. */
export interface CurvePoint {
  readonly memorySizeMb: number;
  readonly durationMs: number;
  readonly durationIntervalMs?: Interval;
  readonly chargePerMillionUsd: number;
  readonly chargeIntervalUsd?: Interval;
}

/** The memory recommendation, with everything the report says about it. */
export interface SizeChoice {
  readonly memorySizeMb: number;
  /** Of the intervals and verdicts here. */
  readonly confidence: number;
  /** False when a limit ended sampling before the question was settled. */
  readonly conclusive: boolean;
  /** Sizes that cannot be told apart from the recommended one, within the request's tolerance; ascending. */
  readonly tiedWithMb: readonly number[];
  /** Compute charge and request fee of a million average invocations. */
  readonly chargePerMillionUsd: { readonly expected: number; readonly interval?: Interval };
  /** Saving against the current size, when that was measured or lies inside what was. */
  readonly savingPercent?: { readonly expected: number; readonly interval?: Interval };
  readonly durationChangePercent?: number;
  readonly regretBoundPercent?: { readonly confidence: number; readonly value: number };
  readonly slo?: SloVerdict;
  readonly nextDollar?: { readonly usd: number; readonly expectedGainPercent: number };
  readonly curve: readonly CurvePoint[];
  /** Share of the warm duration at 1,769 MB that does not shrink with memory. */
  readonly waitShare?: number;
  readonly slopeBelowOneVcpu?: number;
  readonly slopeAboveOneVcpu?: number;
  /** Plain sentences: why this size, why sampling stopped. */
  readonly explanation: readonly string[];
}

/**
 * Chooses the memory size that serves the request's objective best among those that were measured.
 *
 * @param context - What the request asks; the same that sampling was given.
 * @param measurements - All samples of the run.
 * @param stopped - Why sampling ended.
 * @returns The choice, or `undefined` when no size can be used.
 */
export const chooseSize = (
  context: SamplingContext,
  measurements: readonly SizeMeasurement[],
  stopped: StopReason,
): SizeChoice | undefined => {
  const observations = observeSizes(measurements);
  const usable = usableSizes(observations);
  const estimates = judgedEstimates(usable, context.payloadShares);
  const floorMb = memoryFloorMb(observations);
  const roomy = estimates.filter((estimate) => estimate.memorySizeMb >= floorMb);
  // Without one roomy size, the largest that ran is the least bad answer.
  const candidates = roomy.length > 0 ? roomy : estimates.slice(-1);
  const judged = judgeSizes(context, candidates);
  const slo = judgeSlo(context, usable, candidates);
  const ranking = rankByObjective(context, judged, slo);
  if (ranking === undefined) return undefined;
  const { best, tied } = ranking;
  const verdict = slo?.get(best.memorySizeMb);
  const conclusive = (stopped === "converged" || stopped === "plan-complete") && roomy.length > 0;
  const current = judgeSizes(context, estimates).find((size) => size.memorySizeMb === context.currentMb);
  return {
    memorySizeMb: best.memorySizeMb,
    confidence: context.sampling.confidence,
    conclusive,
    tiedWithMb: tied.map((size) => size.memorySizeMb),
    chargePerMillionUsd: { expected: best.chargePerMillionUsd, interval: best.chargeIntervalUsd },
    ...(current === undefined ? {} : comparison(current, best)),
    ...(verdict === undefined ? {} : { slo: verdict }),
    curve: judgeSizes(context, estimates).map(curvePoint),
    ...slopes(estimates),
    explanation: explainChoice(context, { best, tied, stopped, floorMb, verdict, current }),
  };
};

const comparison = (current: JudgedSize, best: JudgedSize) => ({
  savingPercent: { expected: 100 * (1 - best.chargePerMillionUsd / current.chargePerMillionUsd) },
  durationChangePercent: 100 * (best.durationMs / current.durationMs - 1),
});

const curvePoint = (size: JudgedSize): CurvePoint => ({
  memorySizeMb: size.memorySizeMb,
  durationMs: size.durationMs,
  durationIntervalMs: size.durationIntervalMs,
  chargePerMillionUsd: size.chargePerMillionUsd,
  chargeIntervalUsd: size.chargeIntervalUsd,
});

const slopes = (estimates: readonly JudgedEstimate[]): { slopeBelowOneVcpu?: number } => {
  const below = estimates.filter((estimate) => estimate.memorySizeMb <= 1769);
  const first = below[0];
  const last = below.at(-1);
  if (first === undefined || last === undefined || first === last) return {};
  return {
    slopeBelowOneVcpu: (last.logDuration - first.logDuration) / Math.log(last.memorySizeMb / first.memorySizeMb),
  };
};
