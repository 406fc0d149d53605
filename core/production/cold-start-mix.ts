import { snapStartRestoreCharge, type SnapStartPrices } from "../pricing/snapstart.ts";
import type { MeasurementSummary, Production } from "../report/schema.ts";
import { memoryMb } from "../units.ts";

/**
 * Latency and charge of an average invocation with production's share of cold starts mixed in.
 *
 * A cold start takes its init phase, or the restore of its snapshot, and a first handler call; all of it is billed.
 *
 * @param summary - Of the recommended size.
 * @param coldStartShare - From 0 to 1.
 * @param snapStart - Where SnapStart charges each restore besides.
 * @returns `undefined` when the size has no warm sample, or cold starts happen and none was measured.
 */
export const withColdStarts = (
  summary: Pick<MeasurementSummary, "memorySizeMb" | "durationMs" | "chargePerMillionUsd" | "coldStart">,
  coldStartShare: number,
  snapStart?: Pick<SnapStartPrices, "restoreUsdPerGb">,
): Production["withColdStarts"] => {
  const warmMs = summary.durationMs?.mean;
  const warmCharge = summary.chargePerMillionUsd?.mean;
  if (warmMs === undefined || warmCharge === undefined) return undefined;
  if (coldStartShare === 0) return { meanDurationMs: warmMs, chargePerMillionUsd: warmCharge };
  const { durationMs, initMs, restoreMs, chargePerMillionUsd } = summary.coldStart ?? {};
  if (durationMs === undefined || chargePerMillionUsd === undefined) return undefined;
  const coldMs = durationMs.mean + (initMs?.mean ?? restoreMs?.mean ?? 0);
  const restoreUsd = snapStart === undefined ? 0 : snapStartRestoreCharge(memoryMb(summary.memorySizeMb), snapStart);
  const mixed = (warm: number, cold: number): number => (1 - coldStartShare) * warm + coldStartShare * cold;
  return {
    meanDurationMs: mixed(warmMs, coldMs),
    chargePerMillionUsd: mixed(warmCharge, chargePerMillionUsd.mean + 1e6 * restoreUsd),
  };
};
