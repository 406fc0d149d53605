import { invocationCharge } from "../pricing/invocation-charge.ts";
import type { BookedPrices } from "../pricing/price-book.ts";
import type { MeasurementSummary, Production } from "../report/schema.ts";

/**
 * Latency and charge of an average invocation with production's share of cold starts mixed in.
 *
 * A cold start takes its init phase and a first handler call, and both are billed.
 *
 * @param summary - Of the recommended size.
 * @param coldStartShare - From 0 to 1.
 * @param ephemeralStorageMb - Configured size of `/tmp`.
 * @param prices - `usdPerGbSecond` is the one of the user's tier.
 * @returns `undefined` when the size has no warm sample, or cold starts happen and none was measured.
 */
export const withColdStarts = (
  summary: MeasurementSummary,
  coldStartShare: number,
  ephemeralStorageMb: number,
  prices: Pick<BookedPrices, "usdPerGbSecond" | "usdPerRequest" | "storageUsdPerGbSecond">,
): Production["withColdStarts"] => {
  const warmMs = summary.durationMs?.mean;
  const warmCharge = summary.chargePerMillionUsd?.mean;
  const coldHandlerMs = summary.coldStart?.durationMs?.mean;
  if (warmMs === undefined || warmCharge === undefined) return undefined;
  if (coldStartShare === 0) return { meanDurationMs: warmMs, chargePerMillionUsd: warmCharge };
  if (coldHandlerMs === undefined) return undefined;
  const coldMs = coldHandlerMs + (summary.coldStart?.initMs?.mean ?? 0);
  const use = { billedMs: Math.ceil(coldMs), memorySizeMb: summary.memorySizeMb, ephemeralStorageMb };
  const mixed = (warm: number, cold: number): number => (1 - coldStartShare) * warm + coldStartShare * cold;
  return {
    meanDurationMs: mixed(warmMs, coldMs),
    chargePerMillionUsd: mixed(warmCharge, 1e6 * invocationCharge(use, prices)),
  };
};
