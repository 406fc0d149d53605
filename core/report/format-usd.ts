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
  const text = formatNumber(Math.abs(usd), decimalsOf(usd));
  return `${usd < 0 ? "-" : ""}$${text.replace(/(\.\d\d\d*?)0+$/, "$1")}`;
};

/**
 * An amount that another one must reach, in as many digits: rounded up, so that the amount as it is shown is enough.
 *
 * @param usd - US dollars, above 0.
 *
 * @example
 * ```ts
 * formatUsdUp(0.0021341); // => "$0.00214"
 * ```
 */
export const formatUsdUp = (usd: number): string => {
  const scale = 10 ** decimalsOf(usd);
  return formatUsd(Math.ceil(usd * scale) / scale);
};

const decimalsOf = (usd: number): number => (Math.abs(usd) >= 0.995 ? 2 : decimalsFor(usd));
