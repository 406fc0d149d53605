import type { SizeMeasurement } from "../run/measurement.ts";
import type { SamplingContext, StopReason } from "../sampling/decision.ts";
import { memoryFloorMb } from "../sampling/memory-floor.ts";
import { estimateSizes } from "../sampling/estimate-sizes.ts";
import { observeSizes, type SizeObservation, usableSizes } from "../sampling/observe-sizes.ts";
import { withoutUnseenPressure } from "../sampling/without-unseen-pressure.ts";
import { oneVcpuMb } from "../units.ts";
import { type BillPoint, billCurve } from "./bill-curve.ts";
import { compareWithCurrent } from "./compare-with-current.ts";
import type { Interval } from "./log-interval.ts";
import { meansBound } from "./means-bound.ts";
import { type NextDollar, nextDollar } from "./next-dollar.ts";
import { regretBound } from "./regret-bound.ts";
import { explainChoice } from "./choose-explanation.ts";
import { rankByObjective } from "./choose-by-objective.ts";
import { type SloVerdict, judgeSlo } from "./judge-slo.ts";
import { type JudgedSize, judgeSizes } from "./judge-sizes.ts";
import { unsettledPercent } from "./unsettled-percent.ts";

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
  /** False when a limit ended sampling before the question was settled, or a measured plan leaves too much open. */
  readonly conclusive: boolean;
  /** What the measured plan leaves open, where that is too much: see {@link unsettledPercent}. */
  readonly unsettledPercent?: number;
  /** Sizes that cannot be told apart from the recommended one, within the request's tolerance; ascending. */
  readonly tiedWithMb: readonly number[];
  /** Compute charge and request fee of a million average invocations. */
  readonly chargePerMillionUsd: { readonly expected: number; readonly interval?: Interval };
  /** Saving against the current size, when that was measured. */
  readonly savingPercent?: { readonly expected: number; readonly interval?: Interval };
  readonly durationChangePercent?: number;
  /** Absent where a single size was measured. */
  readonly regretBoundPercent?: { readonly confidence: number; readonly value: number };
  readonly slo?: SloVerdict;
  readonly nextDollar?: NextDollar;
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
  if (usable.length === 0) return undefined;
  const floorMb = memoryFloorMb(observations);
  const estimates = estimateSizes(usable, context.payloadShares);
  // What may be decides; what is said of a size is what its calls have shown.
  const curve = billCurve(context, estimates, floorMb);
  const shown = billCurve(context, withoutUnseenPressure(estimates), floorMb);
  const judged = judgeSizes(context, shown);
  const measured = judged.filter(({ n }) => n > 0);
  const roomy = measured.filter(({ memorySizeMb }) => memorySizeMb >= floorMb);
  // Without one roomy size, the largest that ran is the least bad answer.
  const candidates = roomy.length > 0 ? roomy : measured.slice(-1);
  const slo = judgeSlo(context, usable, candidates);
  const ranking = rankByObjective(context, weighed(judgeSizes(context, curve), candidates), slo);
  if (ranking === undefined) return undefined;
  const best = ranking.best.asShown;
  const tied = ranking.tied.map(({ asShown }) => asShown);
  const verdict = slo?.get(best.memorySizeMb);
  const next = isWeighed(context) && roomy.length > 0 ? nextDollar(context, observations, curve, floorMb) : undefined;
  const current = measured.find((size) => size.memorySizeMb === context.currentMb);
  const claims = {
    ...(current === undefined ? {} : compareWithCurrent(context, shown, current, best)),
    ...(isWeighed(context) && measured.length > 1
      ? { regretBoundPercent: regretBound(context, curve, best.memorySizeMb, floorMb) }
      : {}),
  };
  const unsettled =
    stopped === "plan-complete" && isWeighed(context)
      ? unsettledPercent(context, {
          ...claims,
          regretBoundPercent: regretBound(context, curve, best.memorySizeMb, floorMb, candidates),
          meansBoundPercent: meansBound(context, observed(candidates, usable), best.memorySizeMb),
        })
      : undefined;
  const isDone = stopped === "converged" || (stopped === "plan-complete" && unsettled === undefined);
  return {
    memorySizeMb: best.memorySizeMb,
    confidence: context.sampling.confidence,
    conclusive: isDone && roomy.length > 0,
    ...(unsettled === undefined ? {} : { unsettledPercent: unsettled }),
    tiedWithMb: tied.map((size) => size.memorySizeMb),
    chargePerMillionUsd: { expected: best.chargePerMillionUsd, interval: best.chargeIntervalUsd },
    ...claims,
    ...(verdict === undefined ? {} : { slo: verdict }),
    ...(next === undefined ? {} : { nextDollar: next }),
    curve: judged.filter(within(measured)).map(curvePoint),
    ...slopes(measured),
    explanation: explainChoice(context, {
      best,
      tied,
      candidates,
      pressureProbabilities: new Map(
        estimates.sizes.map(({ memorySizeMb, pressure }) => [memorySizeMb, pressure.unseenProbability]),
      ),
      stopped,
      floorMb,
      verdict,
      isOnly: measured.length === 1,
    }),
  };
};

/** Sizes as they are ranked, each with what is said of it. */
const weighed = (
  sizes: readonly JudgedSize[],
  candidates: readonly JudgedSize[],
): (JudgedSize & { readonly asShown: JudgedSize })[] =>
  candidates.flatMap((asShown) =>
    sizes.filter(({ index }) => index === asShown.index).map((size) => ({ ...size, asShown })),
  );

const observed = (candidates: readonly JudgedSize[], usable: readonly SizeObservation[]): SizeObservation[] =>
  usable.filter(({ memorySizeMb }) => candidates.some((size) => size.memorySizeMb === memorySizeMb));

/** Whether the objective is a number at each size, of which the lowest is best. */
const isWeighed = ({ objective }: SamplingContext): boolean =>
  objective.kind === "cost" || objective.kind === "balanced";

/** The picture of a curve ends where the measurements end. */
const within =
  (measured: readonly JudgedSize[]) =>
  ({ memorySizeMb }: JudgedSize): boolean =>
    memorySizeMb >= (measured[0]?.memorySizeMb ?? 0) && memorySizeMb <= (measured.at(-1)?.memorySizeMb ?? 0);

const curvePoint = (size: JudgedSize): CurvePoint => ({
  memorySizeMb: size.memorySizeMb,
  durationMs: size.durationMs,
  durationIntervalMs: size.durationIntervalMs,
  chargePerMillionUsd: size.chargePerMillionUsd,
  chargeIntervalUsd: size.chargeIntervalUsd,
});

const slopes = (estimates: readonly BillPoint[]): { slopeBelowOneVcpu?: number } => {
  const below = estimates.filter((estimate) => estimate.memorySizeMb <= oneVcpuMb);
  const first = below[0];
  const last = below.at(-1);
  if (first === undefined || last === undefined || first === last) return {};
  return {
    slopeBelowOneVcpu: (last.logDuration - first.logDuration) / Math.log(last.memorySizeMb / first.memorySizeMb),
  };
};
