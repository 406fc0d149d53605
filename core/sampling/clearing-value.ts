import type { Estimates, SizeEstimate } from "./estimate-sizes.ts";
import { noiseOfMore } from "./exploration-state.ts";
import type { FittedCurve } from "./fit-curve.ts";
import { knowledgeGradient } from "./knowledge-gradient.ts";

/** Calls that about half of all sizes under pressure pass unharmed, and all others. */
export const clearingCalls = 12;

/** A size with so many calls is not called again only to clear it: what is left of the risk weighs in the choice. */
const enoughCalls = 2 * clearingCalls;

/** A smaller rise by pressure is not worth a thought, in logarithms. */
const leastRisk = 0.01;

/**
 * What showing that a size is not short of memory would gain, in logarithms of the objective.
 *
 * A size is charged with the chance of memory pressure that its few calls have not shown. A dozen unharmed calls more take
 * most of that back, and then the size may be the best.
 *
 * @param size - A measured size, at `place.index` of `place.curve`.
 * @param place - The curve of all choices, and the objective at each.
 * @returns 0 or more.
 */
export const clearingValue = (
  estimates: Estimates,
  size: SizeEstimate,
  place: { readonly curve: FittedCurve; readonly objective: Float64Array; readonly index: number },
): number => {
  if (size.n >= enoughCalls || size.pressure.logFactor < leastRisk) return 0;
  const { curve, objective, index } = place;
  const { fall, probability } = size.pressure.reliefAfter(clearingCalls);
  const relieved = objective.map((value, at) => (at === index ? value - fall : value));
  const noise = noiseOfMore(estimates, estimates.sizes.indexOf(size), clearingCalls);
  // Where the size is the best already, its relief changes no choice.
  const best = relieved[objective.indexOf(Math.min(...objective))] ?? 0;
  return probability * (knowledgeGradient(curve, relieved, index, noise) + best - Math.min(...relieved));
};
