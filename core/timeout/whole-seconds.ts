import { timeoutLimitsSeconds } from "../units.ts";

/**
 * The timeout setting that leaves at least so much time.
 *
 * @param ms - Milliseconds wanted.
 * @returns Whole seconds, rounded up, from 1 to 900.
 *
 * @example
 * ```ts
 * wholeSeconds(1001); // => 2
 * ```
 */
export const wholeSeconds = (ms: number): number =>
  Math.min(timeoutLimitsSeconds.max, Math.max(timeoutLimitsSeconds.min, Math.ceil(ms / 1000)));
