import { fixedSizes } from "../sampling/allowed-sizes.ts";
import type { Job, SamplingContext } from "../sampling/decision.ts";
import type { Warning } from "../warning.ts";

/**
 * Sizes that were asked for and are not measured, as method `fixed` cannot call each of them twice.
 *
 * @param jobs - The first round.
 */
export const droppedSizesWarnings = (context: SamplingContext, jobs: readonly Job[]): Warning[] => {
  if (context.sampling.method !== "fixed") return [];
  const sizesMb = fixedSizes(context).filter((mb) => !jobs.some(({ memorySizeMb }) => memorySizeMb === mb));
  if (sizesMb.length === 0) return [];
  return [{ kind: "sizes-dropped", sizesMb, reason: "The limit of invocations leaves less than two for each size." }];
};
