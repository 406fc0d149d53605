import type { SamplingContext } from "./decision.ts";
import type { Estimates, SizeEstimate } from "./estimate-sizes.ts";
import { hostSd } from "./platform-noise.ts";
import { paidMemoryMb } from "./spend.ts";

/** Duration falls no faster than this with memory by CPU share alone; steeper is a cliff somewhere in between. */
const steepestByCpu = 1.1;

/**
 * What finding the edge of a cliff between two measured sizes would gain, in logarithms of the objective.
 *
 * Where duration falls faster than CPU explains, it usually drops at one place: just above it lies a cheap size.
 *
 * @param mb - A size between two measured ones.
 * @param best - Lowest objective so far.
 */
export const cliffBonus = (estimates: Estimates, mb: number, best: number, context: SamplingContext): number => {
  const right = estimates.sizes.findIndex((size) => size.memorySizeMb > mb);
  const below = estimates.sizes[right - 1];
  const above = estimates.sizes[right];
  if (below === undefined || above === undefined) return 0;
  const from = meanOf(below);
  const to = meanOf(above);
  const distance = Math.log(above.memorySizeMb / below.memorySizeMb);
  const excess = (from.value - to.value) / distance - steepestByCpu - Math.sqrt(from.variance + to.variance) / distance;
  if (excess <= 0) return 0;
  const position = Math.log(mb / below.memorySizeMb) / distance;
  const weight = context.objective.kind === "balanced" ? 1 - context.objective.weight : 1;
  return (
    Math.min(0.6, 0.8 * excess) *
    position *
    Math.max(0, best - (to.value + weight * Math.log(paidMemoryMb(mb, context))))
  );
};

const meanOf = (size: SizeEstimate): { value: number; variance: number } => {
  const total = size.rounds.reduce((sum, round) => sum + round.n, 0);
  return {
    value: size.rounds.reduce((sum, round) => sum + (round.n / total) * round.logBody, 0),
    variance:
      size.rounds.reduce((sum, round) => sum + (round.n / total) ** 2 * round.variance, 0) +
      size.ownVarianceWith(0) +
      hostSd ** 2,
  };
};
