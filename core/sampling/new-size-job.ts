import type { Job, SamplingContext } from "./decision.ts";

/** The first measurement of a size: in one environment, with the cold starts that the request asks for. */
export const newSizeJob = (
  { sampling }: Pick<SamplingContext, "sampling">,
  memorySizeMb: number,
  warm: number,
): Job => ({
  memorySizeMb,
  warm,
  cold: sampling.coldStarts,
  lanes: 1,
});
