import { type MemoryMb, type Usd, usd } from "../units.ts";
import { type BookedPrices, defaultPriceRegion, priceOf } from "./price-book.ts";

/** A cached snapshot is charged for at least 3 hours, however soon its version is deleted. */
export const shortestSnapStartCacheSeconds = 3 * 60 * 60;

export type SnapStartPrices = NonNullable<BookedPrices["snapStart"]>;

/**
 * What SnapStart itself costs a function: the cache of each snapshot, and each restore.
 *
 * @param target - Its runtime is absent for container images.
 * @param prices - Of its region and architecture. Where the book has none for SnapStart, those of `us-east-1` stand for
 *   them: `pricedAs` says so.
 * @returns `undefined` for functions without SnapStart, and for Java, which does not pay.
 */
export const snapStartPricesOf = (
  target: { readonly snapStart: boolean; readonly runtime?: string | undefined },
  prices: Pick<BookedPrices, "region" | "architecture" | "snapStart">,
): { readonly prices: SnapStartPrices; readonly pricedAs?: string } | undefined => {
  if (!target.snapStart || target.runtime?.startsWith("java") === true) return undefined;
  if (prices.snapStart !== undefined) return { prices: prices.snapStart };
  const { snapStart } = priceOf(defaultPriceRegion, prices.architecture).prices;
  return snapStart === undefined ? undefined : { prices: snapStart, pricedAs: defaultPriceRegion };
};

/**
 * Charge of keeping the snapshot of one published version.
 *
 * Functions on Java do not pay it.
 *
 * @param memory - Memory configured on the version, in MB: the snapshot is charged by it, whatever its own size.
 * @param seconds - How long the version exists; less than 3 hours is charged as 3 hours.
 * @returns US dollars, unrounded.
 * @see {@link https://aws.amazon.com/lambda/pricing/ | AWS Lambda pricing}, "SnapStart pricing"
 *
 * @example
 * ```ts
 * snapStartCacheCharge(memoryMb(1024), 60, { cacheUsdPerGbSecond: 0.5, restoreUsdPerGb: 1 }); // => 5400
 * ```
 */
export const snapStartCacheCharge = (
  memory: MemoryMb,
  seconds: number,
  prices: Pick<SnapStartPrices, "cacheUsdPerGbSecond">,
): Usd => usd((memory / 1024) * Math.max(seconds, shortestSnapStartCacheSeconds) * prices.cacheUsdPerGbSecond);

/**
 * Charge of one restore from a snapshot, on top of the billed duration, which already contains the restore's time.
 *
 * Functions on Java do not pay it.
 *
 * @param memory - Memory configured on the version, in MB.
 * @returns US dollars, unrounded.
 * @see {@link https://aws.amazon.com/lambda/pricing/ | AWS Lambda pricing}, "SnapStart pricing"
 *
 * @example
 * ```ts
 * snapStartRestoreCharge(memoryMb(512), { cacheUsdPerGbSecond: 0.5, restoreUsdPerGb: 1 }); // => 0.5
 * ```
 */
export const snapStartRestoreCharge = (memory: MemoryMb, prices: Pick<SnapStartPrices, "restoreUsdPerGb">): Usd =>
  usd((memory / 1024) * prices.restoreUsdPerGb);
