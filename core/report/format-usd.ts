import { decimalsFor, formatNumber } from "./format-number.ts";

/**
 * An amount of money: cents from one dollar up, up to three significant digits below.
 *
 * @param usd - US dollars, any sign.
 *
 * @example
 * ```ts
 * formatUsd(6.0312); // => "$6.03"
 * formatUsd(0.0021347); // => "$0.00213"
 * formatUsd(0.34); // => "$0.34"
 * formatUsd(0); // => "$0"
 * ```
 */
export const formatUsd = (usd: number): string => {
  if (usd === 0) return "$0";
  const text = formatNumber(Math.abs(usd), Math.abs(usd) >= 0.995 ? 2 : decimalsFor(usd));
  return `${usd < 0 ? "-" : ""}$${text.replace(/(\.\d\d\d*?)0+$/, "$1")}`;
};
