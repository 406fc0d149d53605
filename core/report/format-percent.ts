import { formatNumber } from "./format-number.ts";

/**
 * A percentage: whole from 10 up, one decimal below, more only to keep a small share from reading as none, and no more than
 * four.
 *
 * @param percent - In percent, any sign: 5 is 5%.
 *
 * @example
 * ```ts
 * formatPercent(34.4); // => "34%"
 * formatPercent(2.13); // => "2.1%"
 * formatPercent(0.004); // => "0.004%"
 * formatPercent(9e-13); // => "under 0.0001%"
 * formatPercent(0); // => "0%"
 * ```
 */
export const formatPercent = (percent: number): string => {
  const size = Math.abs(percent);
  if (size === 0) return "0%";
  if (size < smallest) return `under ${smallest}%`;
  if (size < 0.095) return `${Number(percent.toPrecision(1)).toString()}%`;
  return `${formatNumber(percent, size < 9.95 ? 1 : 0).replace(/\.0$/, "")}%`;
};

const smallest = 0.0001;

/**
 * A share from 0 to 1 as a percentage.
 *
 * @example
 * ```ts
 * formatShare(0.95); // => "95%"
 * formatShare(0.999); // => "99.9%"
 * ```
 */
export const formatShare = (share: number): string => {
  const percent = share * 100;
  // A confidence of 99.9 % must not round to certainty.
  return percent > 99 && percent < 100 ? `${Number(percent.toPrecision(4))}%` : formatPercent(percent);
};

/**
 * A small share as odds, which read better than 0.004%.
 *
 * @param share - From 0 to 1.
 *
 * @example
 * ```ts
 * formatOdds(0.00004); // => "1 in 25,000"
 * formatOdds(0.021); // => "2.1%"
 * formatOdds(0); // => "none"
 * ```
 */
export const formatOdds = (share: number): string => {
  if (share <= 0) return "none";
  if (share >= 0.01) return formatShare(share);
  if (share < 1e-6) return "under 1 in a million";
  return `1 in ${formatNumber(Number((1 / share).toPrecision(2)))}`;
};

/**
 * A change with its sign, for columns: negative is less.
 *
 * @example
 * ```ts
 * formatChange(-12.4); // => "-12%"
 * formatChange(3.26); // => "+3.3%"
 * formatChange(0.01); // => "0%"
 * ```
 */
export const formatChange = (percent: number): string => {
  if (Math.abs(percent) < 0.05) return "0%";
  return `${percent > 0 ? "+" : ""}${formatPercent(percent)}`;
};
