/**
 * Charge of one invocation that never returns: it runs, and is billed, until the timeout ends it.
 *
 * @param timeoutSeconds - The timeout.
 * @param memorySizeMb - Memory it runs with, in MB (1024 to the GB).
 * @param price - USD per GB-second and per request.
 * @returns US dollars, unrounded.
 *
 * @example
 * ```ts
 * runawayChargeUsd(900, 1024, { usdPerGbSecond: 0.00002, usdPerRequest: 0 }); // => 0.018000000000000002
 * ```
 */
export const runawayChargeUsd = (
  timeoutSeconds: number,
  memorySizeMb: number,
  price: { readonly usdPerGbSecond: number; readonly usdPerRequest: number },
): number => timeoutSeconds * (memorySizeMb / 1024) * price.usdPerGbSecond + price.usdPerRequest;
