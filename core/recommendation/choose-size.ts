import type { SizeMeasurement } from "../run/measurement.ts";
import type { SamplingContext, StopReason } from "../sampling/decision.ts";
import type { SizeObservation } from "../sampling/observe-sizes.ts";
import { oneVcpuMb } from "../units.ts";
import type { BillPoint } from "./bill-curve.ts";
import { rankByObjective } from "./choose-by-objective.ts";
import { explainChoice } from "./choose-explanation.ts";
import { type Comparison, compareWithCurrent } from "./compare-with-current.ts";
import { judgeRun, type JudgedRun } from "./judge-run.ts";
import { type JudgedSize, judgeSizes } from "./judge-sizes.ts";
import { type SloVerdict, judgeSlo } from "./judge-slo.ts";
import type { Interval } from "./log-interval.ts";
import { meansBound } from "./means-bound.ts";
import { type NextDollar, nextDollar } from "./next-dollar.ts";
import { regretBound } from "./regret-bound.ts";
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
  /** False when a limit ended sampling before the question was settled, a measured plan leaves too much open, or no size could be shown to meet the limit of `slo` nor to miss it. */
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
  const run = judgeRun(context, measurements);
  if (run === undefined) return undefined;
  const { shown, measured, roomy, candidates, floorMb } = run;
  const slo = judgeSlo(context, run.usable, candidates);
  const ranking = rankByObjective(context, asFeared(context, run), slo);
  if (ranking === undefined) return undefined;
  const best = ranking.best.asShown;
  const tied = ranking.tied.map(({ asShown }) => asShown);
  const verdict = slo?.get(best.memorySizeMb);
  const current = measured.find((size) => size.memorySizeMb === context.currentMb);
  const comparison = current === undefined ? {} : compareWithCurrent(context, shown, current, best);
  const unsettled = stopped === "plan-complete" ? unsettledBy(context, run, best, comparison) : undefined;
  const isDone = stopped === "converged" || (stopped === "plan-complete" && unsettled === undefined);
  return {
    memorySizeMb: best.memorySizeMb,
    confidence: context.sampling.confidence,
    conclusive: isDone && roomy.length > 0 && verdict?.verdict !== "not-shown",
    ...(unsettled === undefined ? {} : { unsettledPercent: unsettled }),
    tiedWithMb: tied.map((size) => size.memorySizeMb),
    chargePerMillionUsd: { expected: best.chargePerMillionUsd, interval: best.chargeIntervalUsd },
    ...comparison,
    ...boundAndNextDollar(context, run, best),
    ...(verdict === undefined ? {} : { slo: verdict }),
    curve: run.sizes.filter(within(measured)).map(curvePoint),
    ...slopes(measured),
    explanation: explainChoice(context, {
      best,
      tied,
      candidates,
      pressureProbabilities: new Map(
        run.feared.estimates.sizes.map(({ memorySizeMb, pressure }) => [memorySizeMb, pressure.unseenProbability]),
      ),
      stopped,
      floorMb,
      verdict,
      isOnly: measured.length === 1,
      triedSizes: run.observations.length,
    }),
  };
};

/** The sizes that may be chosen as they are ranked, each with what is said of it. */
const asFeared = (
  context: SamplingContext,
  { feared, candidates }: JudgedRun,
): (JudgedSize & { readonly asShown: JudgedSize })[] => {
  const sizes = judgeSizes(context, feared);
  return candidates.flatMap((asShown) =>
    sizes.filter(({ index }) => index === asShown.index).map((size) => ({ ...size, asShown })),
  );
};

/** What a measured plan leaves open about the choice. */
const unsettledBy = (
  context: SamplingContext,
  { feared, floorMb, candidates, usable }: JudgedRun,
  best: JudgedSize,
  comparison: Partial<Comparison>,
): number | undefined => {
  if (!isWeighed(context)) return undefined;
  const isCandidate = ({ memorySizeMb }: SizeObservation): boolean =>
    candidates.some((size) => size.memorySizeMb === memorySizeMb);
  return unsettledPercent(context, {
    ...comparison,
    regretBoundPercent: regretBound(context, feared, best.memorySizeMb, floorMb, candidates),
    meansBoundPercent: meansBound(context, usable.filter(isCandidate), best.memorySizeMb),
  });
};

/** How far the choice may be from the best, and what going on would buy. */
const boundAndNextDollar = (
  context: SamplingContext,
  { observations, feared, floorMb, measured, roomy }: JudgedRun,
  best: JudgedSize,
): Pick<SizeChoice, "regretBoundPercent" | "nextDollar"> => {
  if (!isWeighed(context)) return {};
  const next = roomy.length > 0 ? nextDollar(context, observations, feared, floorMb) : undefined;
  return {
    ...(measured.length > 1 ? { regretBoundPercent: regretBound(context, feared, best.memorySizeMb, floorMb) } : {}),
    ...(next === undefined ? {} : { nextDollar: next }),
  };
};

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
