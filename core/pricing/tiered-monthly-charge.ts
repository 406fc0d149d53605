import { type Usd, type UsdPerGbSecond, usd } from "../units.ts";
import type { DurationTier } from "./price-book.ts";

/**
 * Duration charge of a month at a volume, each tier's price applied to the part of the volume within the tier.
 *
 * AWS counts the volume of all functions of an account (or organisation) in a region and architecture together: the
 * volume of one function alone gives an upper limit of its charge. The free tier is left out.
 *
 * @param gbSecondsPerMonth - 0 or more.
 * @param tiers - Lowest first; the last one without an upper bound.
 * @returns US dollars, unrounded.
 * @throws RangeError for a negative volume.
 * @see {@link https://aws.amazon.com/lambda/pricing/ | AWS Lambda pricing}, "Tiered pricing"
 *
 * @example
 * ```ts
 * const tiers = [{ upToGbSeconds: 100, usdPerGbSecond: usdPerGbSecond(2) }, { usdPerGbSecond: usdPerGbSecond(1) }];
 * tieredMonthlyCharge(150, tiers); // => 250
 * ```
 */
export const tieredMonthlyCharge = (gbSecondsPerMonth: number, tiers: readonly DurationTier[]): Usd => {
  requireVolume(gbSecondsPerMonth);
  let charge = 0;
  let from = 0;
  for (const { upToGbSeconds = Number.POSITIVE_INFINITY, usdPerGbSecond } of tiers) {
    const within = Math.min(gbSecondsPerMonth, upToGbSeconds) - from;
    if (within <= 0) break;
    charge += within * usdPerGbSecond;
    from = upToGbSeconds;
  }
  return usd(charge);
};

/**
 * Price of one more GB-second at a monthly volume: what a small saving is worth to this user.
 *
 * @param gbSecondsPerMonth - 0 or more.
 * @param tiers - Lowest first; the last one without an upper bound.
 * @throws RangeError for a negative volume, or without tiers.
 *
 * @example
 * ```ts
 * const tiers = [{ upToGbSeconds: 100, usdPerGbSecond: usdPerGbSecond(2) }, { usdPerGbSecond: usdPerGbSecond(1) }];
 * marginalPrice(100, tiers); // => 1
 * ```
 */
export const marginalPrice = (gbSecondsPerMonth: number, tiers: readonly DurationTier[]): UsdPerGbSecond => {
  requireVolume(gbSecondsPerMonth);
  const tier = tiers.find(({ upToGbSeconds }) => upToGbSeconds === undefined || gbSecondsPerMonth < upToGbSeconds);
  if (tier === undefined) throw new RangeError("Expected a last tier without an upper bound.");
  return tier.usdPerGbSecond;
};

const requireVolume = (gbSecondsPerMonth: number): void => {
  if (!(gbSecondsPerMonth >= 0)) throw new RangeError(`Expected a volume of 0 or more, got ${gbSecondsPerMonth}.`);
};
