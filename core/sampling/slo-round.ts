import { binomialTail } from "../statistics/binomial-tail.ts";
import { fallingRegression } from "../statistics/falling-regression.ts";
import { samplesForUpperBound } from "../statistics/samples-for-upper-bound.ts";
import { allowedSizes } from "./allowed-sizes.ts";
import { callsThatShow } from "./calls-that-show.ts";
import { nextClimb, stepBelow } from "./climb-sizes.ts";
import type { Job } from "./decision.ts";
import { estimatePercentiles, type PercentileEstimate } from "./estimate-percentiles.ts";
import { explore } from "./explore.ts";
import { type ExplorationState, objectiveOf } from "./exploration-state.ts";
import { finalRace } from "./final-race.ts";
import { fitCurve } from "./fit-curve.ts";
import { newSizeJob } from "./new-size-job.ts";
import type { SizeObservation } from "./observe-sizes.ts";
import { nextInBracket } from "./threshold-search.ts";

/**
 * A bound is higher than the percentile: where a final size can be shown to keep the limit, the search looks for one of which
 * only this part of the slow calls that the percentile allows is expected.
 */
const expectedSlow = 0.4;
/** Environments that the calls which show a percentile are spread over: one may be faster than most. */
const lanes = 4;
/** A step upward that gains less, in logarithms, speaks against another one. */
const leastGain = 0.03;
/** How much more than the last one further steps may gain. */
const benefitOfDoubt = 1.5;

/** One size against the limit. */
interface SizeLevel {
  readonly estimate: PercentileEstimate;
  /** Logarithm of the bound that counts, less that of the limit: below 0 the limit is met. */
  readonly level: number;
  readonly isShown: boolean;
}

/**
 * What to measure next for the objective `slo`: larger sizes until one meets the limit, then the cheapest that meets it, by
 * bisection from below and by charge from there on, then as many calls of it as show the percentile.
 *
 * @param invocationsLeft - Of what the preset allows.
 * @returns No jobs when the answer is found, or when no size can meet the limit.
 */
export const sloRound = (
  state: ExplorationState,
  usable: readonly SizeObservation[],
  invocationsLeft: number,
): Job[] => {
  const { context } = state;
  const { objective } = context;
  if (objective.kind !== "slo") throw new RangeError(`Expected the objective slo, got ${objective.kind}.`);
  const { confidence } = context.sampling;
  const needed = samplesForUpperBound(objective.percentile / 100, confidence);
  const estimates = estimatePercentiles(usable, objective.percentile, confidence);
  const isShowable = needed - Math.max(...estimates.map(({ n }) => n)) + lanes <= invocationsLeft;
  const searching = isShowable
    ? estimatePercentiles(usable, 100 - expectedSlow * (100 - objective.percentile), confidence)
    : estimates;
  const levels = levelsOf(state, estimates, searching, isShowable, objective.durationMs, invocationsLeft);
  const first = levels.findIndex(({ level }) => level <= 0);
  if (first < 0) return climbOrShow(state, levels, invocationsLeft);
  const jobs = [...bisect(state, levels, first), ...cheapestFrom(state, levels, first)];
  if (jobs.length > 0) return jobs.slice(0, state.preset.sizesPerRound);
  const answer = answerOf(
    state,
    levels.filter(({ level }) => level <= 0),
  );
  return answer === undefined ? [] : show(state, answer, invocationsLeft);
};

/** Distribution-free bounds where there are samples for them; else estimates, made to fall with memory. */
const levelsOf = (
  state: ExplorationState,
  estimates: readonly PercentileEstimate[],
  searching: readonly PercentileEstimate[],
  isShowable: boolean,
  limitMs: number,
  invocationsLeft: number,
): SizeLevel[] => {
  const eligible = estimates.filter(({ memorySizeMb }) => memorySizeMb >= state.floorMb);
  const fallen = fallingRegression(
    eligible.map(({ memorySizeMb, n }) => ({
      value: Math.log(
        searchedMs(
          searching.find((size) => size.memorySizeMb === memorySizeMb),
          isShowable,
        ),
      ),
      weight: n,
    })),
  );
  return eligible.map((estimate, index) => {
    const isShown = estimate.shownBoundMs !== undefined;
    const bound = isShown ? Math.log(estimate.shownBoundMs) : (fallen[index] ?? 0);
    const level = bound - Math.log(limitMs);
    // A few slow calls among enough others still show the limit: such a size is not given up.
    return {
      estimate,
      isShown,
      level: isShown && level > 0 && moreCalls(state, estimate, invocationsLeft) > 0 ? 0 : level,
    };
  });
};

/** What the search holds against the limit, in milliseconds. */
const searchedMs = (estimate: PercentileEstimate | undefined, isShowable: boolean): number =>
  (isShowable ? estimate?.expectedMs : estimate?.estimatedBoundMs) ?? Number.POSITIVE_INFINITY;

const newSize = ({ calls, context }: ExplorationState, memorySizeMb: number): Job =>
  newSizeJob(context, memorySizeMb, calls);

/**
 * Where no size meets the limit: a larger one while the last step says that it may, else calls of the one that comes closest,
 * until it is shown to meet the limit or not to.
 */
const climbOrShow = (state: ExplorationState, levels: readonly SizeLevel[], invocationsLeft: number): Job[] => {
  const [first, ...others] = levels;
  const top = levels.at(-1);
  if (first === undefined || top === undefined) return [];
  const next = nextClimb(state.context, top.estimate.memorySizeMb);
  if (next !== undefined && mayMeet(state, levels)) return [newSize(state, next)];
  const closest = others.reduce(
    (best, size) => (size.estimate.expectedMs < best.estimate.expectedMs ? size : best),
    first,
  );
  return isRuledOut(state, closest.estimate) ? [] : show(state, closest, invocationsLeft);
};

/** Whether more calls are slower than chance explains if the limit were met. */
const isRuledOut = ({ context: { objective, sampling } }: ExplorationState, estimate: PercentileEstimate): boolean =>
  objective.kind === "slo" &&
  binomialTail(estimate.n, 1 - objective.percentile / 100, estimate.countAbove(objective.durationMs)) <
    1 - sampling.confidence;

/** Whether the gain of the last step, kept up to the largest size, would reach the limit. */
const mayMeet = ({ context }: ExplorationState, levels: readonly SizeLevel[]): boolean => {
  const top = levels.at(-1);
  const before = levels[stepBelow(levels.map(({ estimate }) => estimate.memorySizeMb)) ?? -1];
  if (top === undefined || before === undefined) return true;
  const step = Math.log(top.estimate.memorySizeMb / before.estimate.memorySizeMb);
  const left = Math.log(allowedSizes(context).maxMb / top.estimate.memorySizeMb);
  const gain = Math.log(before.estimate.expectedMs) - Math.log(top.estimate.expectedMs);
  return gain > leastGain && top.level - (benefitOfDoubt * gain * left) / step <= 0;
};

const bisect = (state: ExplorationState, levels: readonly SizeLevel[], first: number): Job[] => {
  const lower = levels[first - 1];
  const upper = levels[first];
  if (lower === undefined || upper === undefined) return [];
  const next = nextInBracket(state.context, {
    lowerMb: lower.estimate.memorySizeMb,
    upperMb: upper.estimate.memorySizeMb,
    excess: lower.level,
    slack: -upper.level,
  });
  return next === undefined ? [] : [newSize(state, next)];
};

/** As for the objective `cost`, from the smallest size that meets the limit on: the cheapest may lie further up. */
const cheapestFrom = (state: ExplorationState, levels: readonly SizeLevel[], first: number): Job[] => {
  const from = levels[first]?.estimate.memorySizeMb;
  const floorMb = first === 0 || from === undefined ? state.floorMb : from;
  const above = {
    ...state,
    floorMb,
    finalCalls: 0,
    // The calls of a cheap function are worth more for showing the percentile.
    impatience: state.strictImpatience,
    untried: state.untried.filter((mb) => mb >= floorMb),
  };
  const exploring = explore(above);
  return exploring.length > 0 ? exploring : finalRace(above);
};

/** The cheapest; one that was shown to meet the limit, where it costs hardly more. */
const answerOf = (state: ExplorationState, levels: readonly SizeLevel[]): SizeLevel | undefined => {
  const curve = fitCurve(
    state.estimates,
    levels.map(({ estimate }) => estimate.memorySizeMb),
  );
  const charges = objectiveOf(curve, state.context, 0.5);
  const lowest = Math.min(...charges);
  const nearly = lowest + Math.log1p(state.context.sampling.tolerance);
  return (
    levels.find(({ isShown, level }, index) => isShown && level < 0 && (charges[index] ?? 0) <= nearly) ??
    levels[charges.indexOf(lowest)]
  );
};

/** Calls until the percentile is shown, and more where a few slow ones are to be expected; as far as the preset allows. */
const show = (state: ExplorationState, { estimate, level, isShown }: SizeLevel, invocationsLeft: number): Job[] => {
  const warm = isShown && level < 0 ? 0 : moreCalls(state, estimate, invocationsLeft);
  if (warm < 1) return [];
  const size = state.estimates.sizes.find(({ memorySizeMb }) => memorySizeMb === estimate.memorySizeMb);
  const environments = Math.max(1, size?.environments ?? 1);
  const wanted = Math.max(environments, Math.min(lanes, state.context.sampling.concurrency));
  return [{ memorySizeMb: estimate.memorySizeMb, warm, cold: 0, lanes: wanted }];
};

/** Calls of a final size where no number of them would show the percentile within the preset. */
const mostUnshown = 60;
/** A size with more than this part of the slow calls that the percentile allows is given up once it was not shown. */
const hopelessShare = 0.6;

/** How many more calls of a size should show that it meets the limit; 0 when that cannot be hoped for. */
const moreCalls = ({ context }: ExplorationState, estimate: PercentileEstimate, invocationsLeft: number): number => {
  const { objective, sampling } = context;
  if (objective.kind !== "slo") return 0;
  const q = objective.percentile / 100;
  const { n, shownBoundMs } = estimate;
  const slow = estimate.countAbove(objective.durationMs);
  const most = n + invocationsLeft - lanes;
  if (shownBoundMs === undefined) {
    const enough = callsThatShow(q, sampling.confidence, estimate.shareAbove(objective.durationMs), slow, most);
    return (enough ?? Math.min(most, mostUnshown)) - n;
  }
  if (shownBoundMs <= objective.durationMs || slow / n > hopelessShare * (1 - q)) return 0;
  return Math.max(0, (callsThatShow(q, sampling.confidence, slow / n, slow, most) ?? n) - n);
};
