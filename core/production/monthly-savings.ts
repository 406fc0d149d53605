import { gbSeconds } from "../pricing/compute-charge.ts";
import { chargedStorageMb } from "../pricing/invocation-charge.ts";
import type { BookedPrices } from "../pricing/price-book.ts";
import { tieredMonthlyCharge } from "../pricing/tiered-monthly-charge.ts";

type MonthlyPrices = Pick<BookedPrices, "durationTiers" | "usdPerRequest" | "storageUsdPerGbSecond">;

/** One size, and how long an invocation is billed at it on average. */
export interface BilledSize {
  readonly memorySizeMb: number;
  readonly meanBilledMs: number;
}

/** A month at both sizes, in US dollars. */
export interface MonthlySavings {
  readonly currentUsd: number;
  readonly recommendedUsd: number;
  /** Negative when the recommendation costs more. */
  readonly savingUsd: number;
}

/**
 * What a month of production would save, at its own volume and in the price tiers that this volume reaches.
 *
 * @param volume - `invocationsPerMonth`, 0 or more, and the mean duration that production shows at the current size, in
 * milliseconds: where it is known the sizes only say how the two compare, because tuning payloads are not production's.
 * @param current - As measured at the current size.
 * @param recommended - As measured at the recommended size.
 * @param ephemeralStorageMb - Configured size of `/tmp`.
 * @param prices - Of region and architecture. The volume of this function alone decides the tier: other functions of the
 * account may lift it into a cheaper one.
 */
export const estimateMonthlySavings = (
  volume: { readonly invocationsPerMonth: number; readonly productionMeanMs?: number },
  current: BilledSize,
  recommended: BilledSize,
  ephemeralStorageMb: number,
  prices: MonthlyPrices,
): MonthlySavings => {
  const ratio =
    volume.productionMeanMs === undefined ? 1 : (volume.productionMeanMs + roundingMs) / current.meanBilledMs;
  const month = ({ memorySizeMb, meanBilledMs }: BilledSize): number =>
    monthlyChargeUsd(volume.invocationsPerMonth, memorySizeMb, meanBilledMs * ratio, ephemeralStorageMb, prices);
  const currentUsd = month(current);
  const recommendedUsd = month(recommended);
  return { currentUsd, recommendedUsd, savingUsd: currentUsd - recommendedUsd };
};

/**
 * What a size bills on average, read back from what a million of its invocations cost.
 *
 * Every sample was charged from what the platform billed: taking the duration instead would lose the rounding up.
 *
 * @param summary - With a charge.
 * @param prices - Those that the charge was made with.
 */
export const billedSize = (
  summary: { readonly memorySizeMb: number; readonly chargePerMillionUsd: { readonly mean: number } },
  ephemeralStorageMb: number,
  prices: Pick<BookedPrices, "usdPerGbSecond" | "usdPerRequest" | "storageUsdPerGbSecond">,
): BilledSize => {
  const { memorySizeMb, chargePerMillionUsd } = summary;
  const usdPerMs =
    gbSeconds(1, memorySizeMb) * prices.usdPerGbSecond +
    gbSeconds(1, chargedStorageMb(ephemeralStorageMb)) * prices.storageUsdPerGbSecond;
  return { memorySizeMb, meanBilledMs: (chargePerMillionUsd.mean / 1e6 - prices.usdPerRequest) / usdPerMs };
};

/** Durations are billed in whole milliseconds, rounded up: half a millisecond more on average. */
const roundingMs = 0.5;

/**
 * Charge of a month: compute by tier, requests, and ephemeral storage above 512 MB.
 *
 * @param invocations - A month, 0 or more.
 * @param memorySizeMb - In MB.
 * @param meanBilledMs - Billed duration of an invocation, in milliseconds, on average.
 * @param ephemeralStorageMb - Configured size of `/tmp`.
 * @returns US dollars, unrounded, the free tier left out.
 */
export const monthlyChargeUsd = (
  invocations: number,
  memorySizeMb: number,
  meanBilledMs: number,
  ephemeralStorageMb: number,
  prices: MonthlyPrices,
): number => {
  const compute = tieredMonthlyCharge(invocations * gbSeconds(meanBilledMs, memorySizeMb), prices.durationTiers);
  const storageGbSeconds = invocations * gbSeconds(meanBilledMs, chargedStorageMb(ephemeralStorageMb));
  const storage = storageGbSeconds * prices.storageUsdPerGbSecond;
  return compute + storage + invocations * prices.usdPerRequest;
};
