import { nextClimb, stepBelow } from "./climb-sizes.ts";
import type { Job } from "./decision.ts";
import type { ExplorationState } from "./exploration-state.ts";
import { differenceVariance, type FittedCurve, fitCurve } from "./fit-curve.ts";
import { newSizeJob } from "./new-size-job.ts";
import { nextInBracket } from "./threshold-search.ts";
import { type SpeedLevel, withinOfFastest } from "./within-of-fastest.ts";

/** A step upward gains when it does by this part of the tolerance, and by so many standard errors. */
const gainOfTolerance = 0.5;
const gainInErrors = 1.3;

/**
 * What to measure next for the objective `speed`: larger sizes while they gain, then the smallest size within the tolerance
 * of the fastest, then the calls that the answer must have had.
 *
 * @returns No jobs when the answer is found.
 */
export const speedRound = (state: ExplorationState): Job[] => {
  const { context, estimates, floorMb, calls } = state;
  const sizes = estimates.sizes.filter(({ memorySizeMb }) => memorySizeMb >= floorMb);
  const curve = fitCurve(
    estimates,
    sizes.map(({ memorySizeMb }) => memorySizeMb),
  );
  const logDurations = sizes.map((size, index) => (curve.mean[index] ?? 0) + size.logDurationOverBilled);
  const newSize = (memorySizeMb: number): Job[] => [newSizeJob(context, memorySizeMb, calls)];
  const higher = nextClimb(context, curve.sizesMb.at(-1) ?? 0);
  if (higher !== undefined) {
    const gain = gainOfMore(state, curve, logDurations);
    if (gain === "shown") return newSize(higher);
    const unsure = gain === "unsure" ? topUp(state, stepSizes(curve.sizesMb), state.finalCalls) : [];
    if (unsure.length > 0) return unsure;
  }
  const levels = withinOfFastest(
    context,
    sizes.map(({ memorySizeMb }, index) => ({
      memorySizeMb,
      logDuration: logDurations[index] ?? 0,
      curveVariance: curve.covariance[index]?.[index] ?? 0,
    })),
  );
  const doubted = settleDoubts(state, levels, muchLess);
  if (doubted.length > 0) return doubted;
  const next = nextAtEdge(state, levels);
  return next === undefined ? firmUp(state, levels) : newSize(next);
};

const stepSizes = (sizesMb: readonly number[]): number[] => [
  sizesMb[stepBelow(sizesMb) ?? -1] ?? 0,
  sizesMb.at(-1) ?? 0,
];

/** Whether the last step upward gained enough to take another one; unsure where only noise speaks against it. */
const gainOfMore = (
  { context }: ExplorationState,
  curve: FittedCurve,
  logDurations: readonly number[],
): "shown" | "unsure" | "none" => {
  const top = logDurations.length - 1;
  const before = stepBelow(curve.sizesMb);
  if (before === undefined) return "shown";
  const gain = (logDurations[before] ?? 0) - (logDurations[top] ?? 0);
  const { objective } = context;
  const tolerance = objective.kind === "speed" ? objective.toleranceP / 100 : 0;
  if (gain <= gainOfTolerance * Math.log1p(tolerance)) return "none";
  return gain > gainInErrors * Math.sqrt(differenceVariance(curve, top, before)) ? "shown" : "unsure";
};

/** Between the last size that is too slow and the first that is not; the smallest allowed size when none is too slow. */
const nextAtEdge = ({ context, untried, floorMb }: ExplorationState, levels: readonly SpeedLevel[]) => {
  const first = levels.findIndex(({ level, limit }) => level <= limit);
  const upper = levels[first];
  const lower = levels[first - 1];
  if (upper === undefined) return undefined;
  if (lower !== undefined) {
    return nextInBracket(context, {
      lowerMb: lower.memorySizeMb,
      upperMb: upper.memorySizeMb,
      excess: lower.level - upper.limit,
      slack: upper.limit - upper.level,
    });
  }
  const smallest = untried.find((mb) => mb >= floorMb);
  return smallest !== undefined && Math.log2(upper.memorySizeMb / smallest) > 0.1 ? smallest : undefined;
};

/** Calls that the answer and the fastest size must have had, and smaller sizes that may be as fast. */
const firmUp = (state: ExplorationState, levels: readonly SpeedLevel[]): Job[] => {
  const needed = topUp(
    state,
    [answerOf(levels)?.memorySizeMb ?? 0, fastestOf(levels)?.memorySizeMb ?? 0],
    state.finalCalls,
  );
  return needed.length > 0 ? needed : settleDoubts(state, levels, less);
};

const answerOf = (levels: readonly SpeedLevel[]) => levels.find(({ level, limit }) => level <= limit);
const fastestOf = (levels: readonly SpeedLevel[]) => levels.find(({ level }) => level === levels.at(-1)?.level);

/**
 * More calls of sizes that only noise may have made too slow: the smallest of them first, since it would save most.
 *
 * @param times - Memory of the answer over that of such a size from which the doubt is worth calls.
 */
const settleDoubts = (state: ExplorationState, levels: readonly SpeedLevel[], times: number): Job[] => {
  const answer = answerOf(levels);
  const fastest = fastestOf(levels);
  if (answer === undefined || fastest === undefined) return [];
  return (
    levels
      .filter(
        ({ memorySizeMb, level, limit, error }) =>
          level > limit && level <= limit + doubtInErrors * error && answer.memorySizeMb >= times * memorySizeMb,
      )
      .map(({ memorySizeMb }) => topUp(state, [memorySizeMb, fastest.memorySizeMb], state.finalCalls))
      .find((jobs) => jobs.length > 0) ?? []
  );
};

/** Memory of the answer over that of a doubtful size: while sizes are still looked for between them, and in the end. */
const muchLess = 1.5;
const less = 1.1;
/** A size this many standard errors above the limit may still be below it. */
const doubtInErrors = 1.5;

/** Environments that these calls are spread over: one may be faster than most. */
const lanes = 4;

const topUp = ({ context, estimates }: ExplorationState, sizesMb: readonly number[], calls: number): Job[] => {
  const wanted = Math.min(lanes, context.sampling.concurrency);
  return estimates.sizes.flatMap(({ memorySizeMb, n, environments }) => {
    // Once there are calls enough for them, environments that were not to be had are not asked for again.
    const isThin = n < calls || (environments < wanted && n < calls + callsPerLane * wanted);
    if (!sizesMb.includes(memorySizeMb) || !isThin) return [];
    const warm = Math.max(callsPerLane * wanted, calls - n);
    return [{ memorySizeMb, warm, cold: 0, lanes: Math.max(environments, wanted) }];
  });
};

/** Fewest warm calls of an environment that these calls start. */
const callsPerLane = 2;
