import { memoryMb } from "../units.ts";
import { type SnapStartPrices, snapStartCacheCharge, snapStartRestoreCharge } from "./snapstart.ts";

/** A version that a run published, and how often an environment of it was restored. */
export interface SnapshotUse {
  readonly memorySizeMb: number;
  readonly restores: number;
}

/**
 * What SnapStart charges for the versions of a run: the cache of each, and every restore.
 *
 * @param versions - Each version once.
 * @param seconds - How long they exist; 3 hours are charged in any case.
 * @returns US dollars, unrounded.
 *
 * @example
 * ```ts
 * const prices = { cacheUsdPerGbSecond: 0.5, restoreUsdPerGb: 1 };
 * snapStartRunCharge([{ memorySizeMb: 1024, restores: 2 }], 60, prices); // => 5402
 * ```
 */
export const snapStartRunCharge = (
  versions: readonly SnapshotUse[],
  seconds: number,
  prices: SnapStartPrices,
): number =>
  versions.reduce((sum, { memorySizeMb, restores }) => {
    const memory = memoryMb(memorySizeMb);
    return sum + snapStartCacheCharge(memory, seconds, prices) + restores * snapStartRestoreCharge(memory, prices);
  }, 0);
