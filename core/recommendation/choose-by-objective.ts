import type { SamplingContext } from "../sampling/decision.ts";
import type { JudgedSize } from "./judge-sizes.ts";
import type { SloVerdict } from "./judge-slo.ts";

/** The size that serves the objective best, and those that cannot be told from it. */
export interface Ranking<Size extends JudgedSize> {
  readonly best: Size;
  readonly tied: readonly Size[];
}

/**
 * Ranks sizes by the objective; among sizes within the request's tolerance of the best, the largest (fastest) wins.
 *
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
      return lowest(sizes, logCharge, context.sampling.tolerance);
    case "balanced":
      return lowest(
        sizes,
        (size) => size.logBilled + (1 - objective.weight) * Math.log(size.memorySizeMb),
        context.sampling.tolerance,
      );
    case "speed": {
      const fastest = Math.min(...sizes.map((size) => size.logDuration));
      const limit = fastest + Math.log1p(objective.toleranceP / 100);
      return lowest(
        sizes.filter((size) => size.logDuration <= limit),
        logCharge,
        context.sampling.tolerance,
      );
    }
    case "slo": {
      const met = sizes.filter((size) => isMet(verdicts?.get(size.memorySizeMb)));
      if (met.length > 0) return lowest(met, logCharge, context.sampling.tolerance);
      // None can be shown to meet it: the one that comes closest.
      return lowest(sizes, (size) => Math.log(verdicts?.get(size.memorySizeMb)?.upperBoundMs ?? size.durationMs), 0);
    }
  }
};

const logCharge = (size: JudgedSize): number => size.logBilled + Math.log(size.memorySizeMb);

const isMet = (verdict: SloVerdict | undefined): boolean =>
  verdict?.verdict === "met" || verdict?.verdict === "estimated-met";

/** Within this part of the tolerance the faster size is preferred over the cheapest. */
const preferenceShare = 0.25;

const lowest = <Size extends JudgedSize>(
  sizes: readonly Size[],
  score: (size: Size) => number,
  tolerance: number,
): Ranking<Size> | undefined => {
  const lowestScore = Math.min(...sizes.map(score));
  const tied = sizes.filter((size) => score(size) <= lowestScore + Math.log1p(tolerance));
  // Of sizes this close the largest is the fastest; further apart, speed would be paid for.
  const best = tied.findLast((size) => score(size) <= lowestScore + Math.log1p(preferenceShare * tolerance));
  return best === undefined ? undefined : { best, tied: tied.filter((size) => size !== best) };
};
