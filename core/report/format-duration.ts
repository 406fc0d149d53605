import { decimalsFor, formatNumber } from "./format-number.ts";

/**
 * A measured duration in the unit that reads best, with three significant digits.
 *
 * @param ms - Milliseconds, 0 or more.
 *
 * @example
 * ```ts
 * formatDuration(4.2137); // => "4.21 ms"
 * formatDuration(421.37); // => "421 ms"
 * formatDuration(4213.7); // => "4.21 s"
 * ```
 */
export const formatDuration = (ms: number): string =>
  ms < 999.5
    ? `${formatNumber(ms, Math.min(2, decimalsFor(ms)))} ms`
    : `${formatNumber(ms / 1000, decimalsFor(ms / 1000))} s`;

/**
 * A wait that a person sits through, in whole seconds or minutes.
 *
 * @param seconds - 0 or more.
 *
 * @example
 * ```ts
 * formatWait(0.4); // => "under 1 s"
 * formatWait(42.6); // => "43 s"
 * formatWait(125); // => "2 min 5 s"
 * ```
 */
export const formatWait = (seconds: number): string => {
  if (seconds < 0.5) return "under 1 s";
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return rest === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${rest} s`;
};

/**
 * A timeout setting, in the unit of the setting.
 *
 * @param seconds - Whole seconds.
 *
 * @example
 * ```ts
 * formatTimeout(30); // => "30 s"
 * ```
 */
export const formatTimeout = (seconds: number): string => `${seconds} s`;
