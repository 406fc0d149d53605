import { invocationCharge } from "../sampling/spend.ts";

/**
 * Charge of one invocation that never returns: it runs, and is billed, until the timeout ends it.
 *
 * @param timeoutSeconds - The timeout.
 * @param memorySizeMb - Memory it runs with, in MB (1024 to the GB).
 * @param prices - USD per GB-second and per request, and the memory that costs as much as the function's ephemeral storage.
 * @returns US dollars, unrounded.
 *
 * @example
 * ```ts
 * runawayChargeUsd(900, 1024, { usdPerGbSecond: 0.00002, usdPerRequest: 0, storageAsMemoryMb: 0 }); // => 0.018000000000000002
 * ```
 */
export const runawayChargeUsd = (
  timeoutSeconds: number,
  memorySizeMb: number,
  prices: Parameters<typeof invocationCharge>[2],
): number => invocationCharge(memorySizeMb, timeoutSeconds * 1000, prices);
