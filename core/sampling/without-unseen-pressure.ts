import type { Estimates } from "./estimate-sizes.ts";
import { noPressure } from "./pressure-risk.ts";

/**
 * The estimates if no size is short of memory but where calls have shown it.
 *
 * What is chosen weighs the chance of memory pressure that few calls leave; what is reported of a size is what its calls
 * say.
 */
export const withoutUnseenPressure = (estimates: Estimates): Estimates => ({
  ...estimates,
  sizes: estimates.sizes.map((size) => {
    const { logFactor, varianceWith } = size.pressure;
    return {
      ...size,
      rounds: size.rounds.map((round) => ({ ...round, logBody: round.logBody - logFactor })),
      shared: { ...size.shared, logMean: size.shared.logMean - logFactor },
      ownVarianceWith: (more) => size.ownVarianceWith(more) - varianceWith(more),
      pressure: noPressure,
    };
  }),
});
