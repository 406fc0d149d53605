import type { SamplingContext } from "./decision.ts";
import type { SizeObservation } from "./observe-sizes.ts";

/**
 * Cold starts of a size that were made because the request forces them: those beyond the first call of each environment.
 *
 * @returns 0 or more, and never more than the request asks for.
 */
export const forcedColdStarts = (
  { sampling }: Pick<SamplingContext, "sampling">,
  { all }: Pick<SizeObservation, "all">,
): number => {
  const cold = all.filter((sample) => sample.cold).length;
  return Math.max(0, Math.min(sampling.coldStarts, cold - environmentsOf(all)));
};

/** Environments that a size has, one a lane: at least the one that its first call started, whatever became of it. */
export const environmentsOf = (all: SizeObservation["all"]): number =>
  Math.max(1, new Set(all.map(({ lane }) => lane)).size);
