import type { SamplingContext } from "../sampling/decision.ts";
import { withinOfFastest } from "../sampling/within-of-fastest.ts";
import { fallingRegression } from "../statistics/falling-regression.ts";
import type { JudgedSize } from "./judge-sizes.ts";
import type { SloVerdict } from "./judge-slo.ts";

/** The size that serves the objective best, and those that cannot be told from it. */
export interface Ranking<Size extends JudgedSize> {
  readonly best: Size;
  readonly tied: readonly Size[];
}

/**
 * Ranks sizes by the objective.
 *
 * For `cost` and `balanced` the largest (fastest) of sizes that are nearly as good wins. For `speed` it is the cheapest of
 * those as fast as the fastest ({@link withinOfFastest}); for `slo` the cheapest that was shown to meet the limit, else that
 * is estimated to, else that comes closest.
 *
 * @param sizes - Ascending by memory.
 * @param verdicts - For the objective `slo`, the verdict of each size.
 */
export const rankByObjective = <Size extends JudgedSize>(
  context: SamplingContext,
  sizes: readonly Size[],
  verdicts: ReadonlyMap<number, SloVerdict> | undefined,
): Ranking<Size> | undefined => {
  const { objective } = context;
  switch (objective.kind) {
    case "cost":
      return lowest(sizes, logComputing, context.sampling.tolerance, logCharge);
    case "balanced":
      return lowest(
        sizes,
        (size) => size.logBilled + (1 - objective.weight) * size.logPaidMemory,
        context.sampling.tolerance,
      );
    case "speed": {
      const levels = withinOfFastest(context, sizes);
      return cheapest(
        sizes.filter((_, index) => (levels[index]?.level ?? 0) <= (levels[index]?.limit ?? 0)),
        context.sampling.tolerance,
      );
    }
    case "slo": {
      const said = (wanted: SloVerdict["verdict"]) =>
        sizes.filter((size) => verdicts?.get(size.memorySizeMb)?.verdict === wanted);
      const [shown, estimated] = [said("met"), said("estimated-met")];
      if (shown.length > 0) return cheapest(shown, context.sampling.tolerance);
      return cheapest(estimated.length > 0 ? estimated : closest(context, sizes, verdicts), context.sampling.tolerance);
    }
  }
};

/** Sizes whose percentile is about as low as the lowest, once made to fall with memory: when none can be shown to meet a limit. */
const closest = <Size extends JudgedSize>(
  context: SamplingContext,
  sizes: readonly Size[],
  verdicts: ReadonlyMap<number, SloVerdict> | undefined,
): Size[] => {
  const levels = fallingRegression(
    sizes.map((size) => ({
      value: Math.log(verdicts?.get(size.memorySizeMb)?.expectedMs ?? size.durationMs),
      weight: 1,
    })),
  );
  const limit = (levels.at(-1) ?? 0) + Math.log1p(context.sampling.tolerance);
  return sizes.filter((_, index) => (levels[index] ?? 0) <= limit);
};

const logComputing = (size: JudgedSize): number => size.logBilled + size.logPaidMemory;

/** Of the whole charge, request fee included: what the computing of short calls differs by is little of it. */
const logCharge = (size: JudgedSize): number => Math.log(size.chargePerMillionUsd);

/** Within this part of the tolerance the faster size is preferred over the cheapest. */
export const preferenceShare = 0.25;

const lowest = <Size extends JudgedSize>(
  sizes: readonly Size[],
  score: (size: Size) => number,
  tolerance: number,
  tieScore: (size: Size) => number = score,
): Ranking<Size> | undefined => {
  const lowestScore = Math.min(...sizes.map(score));
  // Of sizes this close the largest is the fastest; further apart, speed would be paid for.
  const best = sizes.findLast((size) => score(size) <= lowestScore + Math.log1p(preferenceShare * tolerance));
  return best === undefined ? undefined : { best, tied: tiedWith(best, sizes, tieScore, tolerance) };
};

const tiedWith = <Size extends JudgedSize>(
  best: Size,
  sizes: readonly Size[],
  score: (size: Size) => number,
  tolerance: number,
): Size[] => {
  const limit = Math.min(...sizes.map(score)) + Math.log1p(tolerance);
  return sizes.filter((size) => size !== best && score(size) <= limit);
};

/** The cheapest itself: where a condition on the duration is kept, a faster size is not worth more. */
const cheapest = <Size extends JudgedSize>(sizes: readonly Size[], tolerance: number): Ranking<Size> | undefined => {
  const lowestCharge = Math.min(...sizes.map(logComputing));
  const best = sizes.find((size) => logComputing(size) === lowestCharge);
  return best === undefined ? undefined : { best, tied: tiedWith(best, sizes, logCharge, tolerance) };
};
