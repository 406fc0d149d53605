import type { SweepPoint } from "./dense-sweep.ts";

/**
 * Charge of a size that may lie between two swept ones: linear in the logarithms of memory and charge.
 *
 * @param sweep - At least one point, in ascending order of size.
 * @returns Charge and its half interval in USD per million invocations; absent for a size outside the sweep.
 */
export const chargeAt = (
  sweep: readonly SweepPoint[],
  memorySizeMb: number,
): Pick<SweepPoint, "chargePerMillionUsd" | "halfIntervalUsd"> | undefined => {
  const above = sweep.find((point) => point.memorySizeMb >= memorySizeMb);
  const below = sweep.findLast((point) => point.memorySizeMb <= memorySizeMb);
  if (above === undefined || below === undefined) return undefined;
  if (above.memorySizeMb === below.memorySizeMb) return below;
  const share = Math.log(memorySizeMb / below.memorySizeMb) / Math.log(above.memorySizeMb / below.memorySizeMb);
  return {
    chargePerMillionUsd: below.chargePerMillionUsd * (above.chargePerMillionUsd / below.chargePerMillionUsd) ** share,
    halfIntervalUsd: below.halfIntervalUsd + share * (above.halfIntervalUsd - below.halfIntervalUsd),
  };
};
