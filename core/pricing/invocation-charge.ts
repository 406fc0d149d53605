import { billedMs, memoryMb, type Usd, usd } from "../units.ts";
import { computeCharge, gbSeconds } from "./compute-charge.ts";
import type { BookedPrices } from "./price-book.ts";

/** What one invocation used. */
export interface InvocationUse {
  /** What the platform billed, in whole milliseconds. */
  readonly billedMs: number;
  readonly memorySizeMb: number;
  /** Configured size of `/tmp`, in MB; the first 512 are free. */
  readonly ephemeralStorageMb: number;
}

/** Size of `/tmp` that every function has without charge, in MB. */
export const freeEphemeralStorageMb = 512;

/** @returns What is charged for of a configured size of `/tmp`, in MB. */
export const chargedStorageMb = (ephemeralStorageMb: number): number =>
  Math.max(0, ephemeralStorageMb - freeEphemeralStorageMb);

/**
 * Ephemeral storage as the memory that costs as much for the same time, in MB: what a size pays for beside its own memory.
 *
 * @example
 * ```ts
 * const prices = { usdPerGbSecond: usdPerGbSecond(2), storageUsdPerGbSecond: 0.5 };
 * storageAsMemoryMb(1536, prices); // => 256
 * ```
 */
export const storageAsMemoryMb = (
  ephemeralStorageMb: number,
  prices: Pick<BookedPrices, "usdPerGbSecond" | "storageUsdPerGbSecond">,
): number => (chargedStorageMb(ephemeralStorageMb) * prices.storageUsdPerGbSecond) / prices.usdPerGbSecond;

/**
 * Charge of one invocation: compute, request fee, and ephemeral storage above 512 MB for as long as it ran.
 *
 * @param use - What the invocation used.
 * @param prices - Prices; `usdPerGbSecond` is the one of the user's tier.
 * @returns US dollars, unrounded.
 * @throws {@link InvalidUnitError} for a billed duration or memory that AWS cannot have reported.
 * @see {@link https://aws.amazon.com/lambda/pricing/ | AWS Lambda pricing}, "Ephemeral storage pricing"
 *
 * @example
 * ```ts
 * invocationCharge(
 *   { billedMs: 1000, memorySizeMb: 1024, ephemeralStorageMb: 1536 },
 *   { usdPerGbSecond: usdPerGbSecond(2), usdPerRequest: 0.25, storageUsdPerGbSecond: 0.5 },
 * ); // => 2.75
 * ```
 */
export const invocationCharge = (
  use: InvocationUse,
  prices: Pick<BookedPrices, "usdPerGbSecond" | "usdPerRequest" | "storageUsdPerGbSecond">,
): Usd => {
  const storage = gbSeconds(use.billedMs, chargedStorageMb(use.ephemeralStorageMb)) * prices.storageUsdPerGbSecond;
  const compute = computeCharge(billedMs(use.billedMs), memoryMb(use.memorySizeMb), prices.usdPerGbSecond);
  return usd(compute + storage + prices.usdPerRequest);
};
