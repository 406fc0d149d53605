import { normalQuantile } from "../../../core/statistics/normal-quantile.ts";
import type { Random } from "../random.ts";

/** A law of noise: the factor on a duration at a position, 0 to 1, in it; its median is about 1. */
export type NoiseLaw = (position: number) => number;

/**
 * A lognormal body, and in a share of calls a Pareto factor on top.
 *
 * @param sd - Sd of the logarithm of the body.
 */
export const heavyTailedNoise = (
  sd: number,
  outliers?: { readonly share: number; readonly scale: number; readonly shape: number },
): NoiseLaw => {
  if (outliers === undefined) return (position) => Math.exp(sd * normalQuantile(position));
  const { share, scale, shape } = outliers;
  return (position) => {
    if (position < 1 - share) return Math.exp(sd * normalQuantile(position / (1 - share)));
    const within = (position - (1 - share)) / share;
    return 1 + scale * (1 - within) ** (-1 / shape);
  };
};

/** A law as functions have them: CV of 2 to 60 %, most of them small; 55 % with far outliers. */
export const anyNoise = (random: Random): NoiseLaw => {
  const sd = Math.min(0.6, 0.04 * Math.exp(Math.abs(1.3 * random.normal())));
  if (!random.chance(0.55)) return heavyTailedNoise(sd);
  return heavyTailedNoise(sd, {
    share: random.logUniform(0.005, 0.06),
    scale: random.logUniform(0.2, 3),
    shape: random.uniform(1.6, 3.5),
  });
};
