import { normalCdf } from "../statistics/normal-cdf.ts";
import type { Job } from "./decision.ts";
import type { SizeEstimate } from "./estimate-sizes.ts";
import { type ExplorationState, noiseOfMore, objectiveOf } from "./exploration-state.ts";
import { differenceVariance, fitCurve } from "./fit-curve.ts";
import { conditioned } from "./knowledge-gradient.ts";

/** Sizes in one race, the leader among them. */
const racers = 3;
/** Calls that one race adds to a size at most. */
const mostMore = 8;
/** Half the variance turns the median of a lognormal bill into its mean: a wide band costs. */
const riskOfMean = 0.5;

/** The last rounds: the best size against those that might still beat it, then the calls that a winner must have had. */
export const finalRace = (state: ExplorationState): Job[] => {
  const { estimates, floorMb, context, preset, finalCalls } = state;
  const sizes = estimates.sizes.filter((size) => size.memorySizeMb >= floorMb);
  const curve = fitCurve(
    estimates,
    sizes.map((size) => size.memorySizeMb),
  );
  const objective = objectiveOf(curve, context, riskOfMean);
  const leader = objective.indexOf(Math.min(...objective));
  const best = sizes[leader];
  if (best === undefined) return [];
  const moreOf = (size: SizeEstimate): number => Math.min(mostMore, Math.max(state.calls, size.n));
  const noiseOf = (size: SizeEstimate): number => noiseOfMore(estimates, estimates.sizes.indexOf(size), moreOf(size));
  const racing = sizes
    .flatMap((size, index) => {
      if (index === leader) return [];
      const after = conditioned(conditioned(curve, leader, noiseOf(best)), index, noiseOf(size));
      const learnt = Math.max(0, differenceVariance(curve, index, leader) - differenceVariance(after, index, leader));
      const value = positivePart((objective[leader] ?? 0) - (objective[index] ?? 0), Math.sqrt(learnt));
      return value > preset.raceThreshold * state.impatience ? [{ size, value }] : [];
    })
    .sort((a, b) => b.value - a.value)
    .slice(0, racers - 1)
    .map(({ size }) => size);
  if (racing.length > 0) return [best, ...racing].map((size) => again(size, moreOf(size)));
  return best.n < finalCalls ? [again(best, finalCalls - best.n)] : [];
};

const again = (size: SizeEstimate, warm: number): Job => ({
  memorySizeMb: size.memorySizeMb,
  warm,
  cold: 0,
  lanes: Math.max(1, size.environments),
});

/** E[max(0, D)] for a normal D. */
const positivePart = (mean: number, sd: number): number =>
  sd <= 0
    ? Math.max(0, mean)
    : (sd * Math.exp(-0.5 * (mean / sd) ** 2)) / Math.sqrt(2 * Math.PI) + mean * normalCdf(mean / sd);
