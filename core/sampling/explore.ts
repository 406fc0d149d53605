import { clearingCalls, clearingValue } from "./clearing-value.ts";
import { cliffBonus } from "./cliff-bonus.ts";
import type { Job } from "./decision.ts";
import { type ExplorationState, noiseOfMore, noiseOfNew, objectiveOf } from "./exploration-state.ts";
import type { SizeEstimate } from "./estimate-sizes.ts";
import { type FittedCurve, fitCurve } from "./fit-curve.ts";
import { conditioned, knowledgeGradient } from "./knowledge-gradient.ts";

/** A new size is at least this far, in logarithms, from every measured one. */
const apart = 0.06;
/** The floor itself may be nearer: it is the last size before memory runs out. */
const floorApart = 0.02;
/** Sizes of one round are at least this many octaves apart. */
const octavesApart = 0.25;
/** Warm calls that the cold start of a new size counts as: it is paid once, and what the size shows stays. */
const coldCalls = 2;
/** How much cheap measurements are preferred: 0 not at all, 1 in proportion to their cost. */
const costPower = 0.65;

/** Sizes to measure next, new or again, while another measurement is worth more than the preset's threshold. */
export const explore = (state: ExplorationState): Job[] => {
  const { context, preset } = state;
  const choices = choicesOf(state);
  const { sizesMb, tried, noises } = choices;
  let curve = fitCurve(state.estimates, sizesMb);
  const picked: Measurement[] = [];
  while (picked.length < preset.sizesPerRound) {
    const best = measurementsOf(
      state,
      choices,
      curve,
      picked.map(({ index }) => index),
    )
      .filter(({ value }) => value > preset.threshold * state.impatience)
      .filter(({ mb }) => picked.every((other) => Math.abs(Math.log2(other.mb / mb)) >= octavesApart))
      .reduce<Measurement | undefined>(better, undefined);
    if (best === undefined) break;
    picked.push(best);
    curve = conditioned(curve, best.index, noises[best.index] ?? 0);
  }
  return picked.map(({ mb, index, warm }) => ({
    memorySizeMb: mb,
    warm,
    cold: index < tried.length ? 0 : context.sampling.coldStarts,
    lanes: 1,
  }));
};

/** The measurement that is worth most for what it costs, and what it is expected to gain. */
export interface NextMeasurement {
  readonly memorySizeMb: number;
  /** Invocations, a cold start among them where the size is new. */
  readonly invocations: number;
  /** Expected fall of the lowest objective, in logarithms; 0 or more. */
  readonly gain: number;
}

/** @returns `undefined` when there is nothing left to measure. */
export const nextMeasurement = (state: ExplorationState): NextMeasurement | undefined => {
  const choices = choicesOf(state);
  const curve = fitCurve(state.estimates, choices.sizesMb);
  const best = measurementsOf(state, choices, curve, []).reduce<Measurement | undefined>(better, undefined);
  return best === undefined
    ? undefined
    : {
        memorySizeMb: best.mb,
        invocations: best.warm + (best.index < choices.tried.length ? 0 : 1),
        gain: best.value,
      };
};

/** Sizes that may be measured: the tried ones first. */
interface Choices {
  readonly tried: readonly SizeEstimate[];
  readonly sizesMb: readonly number[];
  /** Variance of a measurement of each size. */
  readonly noises: readonly number[];
}

const choicesOf = (state: ExplorationState): Choices => {
  const { estimates, floorMb, calls } = state;
  const tried = estimates.sizes.filter((size) => size.memorySizeMb >= floorMb);
  const fresh = state.untried.filter((mb) =>
    tried.every(({ memorySizeMb }) => Math.abs(Math.log(memorySizeMb / mb)) > (mb === floorMb ? floorApart : apart)),
  );
  const sizesMb = [...tried.map(({ memorySizeMb }) => memorySizeMb), ...fresh];
  const noises = sizesMb.map((_, index) => {
    const size = tried[index];
    return size === undefined ? noiseOfNew(state) : noiseOfMore(estimates, estimates.sizes.indexOf(size), calls);
  });
  return { tried, sizesMb, noises };
};

/** A measurement that could be made next. */
interface Measurement {
  readonly mb: number;
  /** Of the size among the choices. */
  readonly index: number;
  /** Calls of it. */
  readonly warm: number;
  /** Expected fall of the lowest objective, in logarithms. */
  readonly value: number;
  /** `value` for what it costs. */
  readonly score: number;
}

const measurementsOf = (
  { estimates, context, calls }: ExplorationState,
  { tried, sizesMb, noises }: Choices,
  curve: FittedCurve,
  picked: readonly number[],
): Measurement[] => {
  // The mean of the curve does not depend on measurements that are only planned.
  const objective = objectiveOf(curve, context);
  const bestTried = Math.min(...tried.map((_, index) => objective[index] ?? 0));
  const known = (index: number): boolean => index < tried.length || picked.includes(index);
  return sizesMb.map((mb, index) => {
    const noise = noises[index] ?? 0;
    const value = Math.max(
      knowledgeGradient(curve, objective, index, noise),
      knowledgeGradient(curve, objective, index, noise, known),
      index < tried.length ? 0 : cliffBonus(estimates, mb, bestTried, context),
    );
    const callCost = Math.exp((objective[index] ?? 0) - bestTried);
    const measuring = (warm: number, gain: number): Measurement => ({
      mb,
      index,
      warm,
      value: gain,
      score: gain / (callCost * (warm + (index < tried.length ? 0 : coldCalls))) ** costPower,
    });
    const size = tried[index];
    // The risk of pressure is one for all sizes: one of a round is enough to lower it.
    if (size === undefined || picked.length > 0) return measuring(calls, value);
    const clearing = clearingValue(estimates, size, { curve, objective, index });
    return better(measuring(calls, value), measuring(clearingCalls, clearing));
  });
};

const better = (top: Measurement | undefined, entry: Measurement): Measurement =>
  top === undefined || entry.score > top.score ? entry : top;
