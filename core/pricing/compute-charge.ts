import { type BilledMs, type MemoryMb, type Usd, type UsdPerGbSecond, usd } from "../units.ts";

/**
 * Compute charge of one invocation, without the per-request fee.
 *
 * Takes the duration the platform billed, not one we rounded: the mean of rounded values
 * is not the rounded mean, so charge each sample and average the charges.
 *
 * @param billed - Billed duration of one invocation, in milliseconds; it contains billed init and billed restore.
 * @param memory - Memory the invocation ran with, in MB (AWS counts 1024 MB to the GB).
 * @param price - Price for the region and architecture, in US dollars per GB-second.
 * @returns US dollars, unrounded.
 * @see {@link https://aws.amazon.com/lambda/pricing/ | AWS Lambda pricing}, "Duration"
 *
 * @example
 * ```ts
 * computeCharge(billedMs(1000), memoryMb(512), usdPerGbSecond(0.00002)); // => usd(0.00001)
 * ```
 */
export const computeCharge = (billed: BilledMs, memory: MemoryMb, price: UsdPerGbSecond): Usd =>
  usd(gbSeconds(billed, memory) * price);

/**
 * The quantity that AWS bills for one invocation.
 *
 * @param billed - Billed duration, in milliseconds.
 * @param memoryMb - In MB, 1024 to the GB; ephemeral storage is counted in the same way.
 * @returns GB-seconds, unrounded.
 *
 * @example
 * ```ts
 * gbSeconds(500, 2048); // => 1
 * ```
 */
export const gbSeconds = (billed: number, memoryMb: number): number => (billed / 1000) * (memoryMb / 1024);
