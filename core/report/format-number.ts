/**
 * A number with a fixed count of decimals and thousands separators, the same on every machine.
 *
 * @param value - Finite.
 * @param decimals - From 0 to 20.
 *
 * @example
 * ```ts
 * formatNumber(12345.678, 1); // => "12,345.7"
 * ```
 */
export const formatNumber = (value: number, decimals = 0): string => {
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const digits = `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction === undefined ? "" : `.${fraction}`}`;
  return value < 0 && /[1-9]/.test(digits) ? `-${digits}` : digits;
};

/**
 * How many decimals a value needs to show so many significant digits.
 *
 * @param value - Any finite number; its sign does not matter.
 * @param significant - Digits wanted, 1 or more.
 * @returns From 0 to `most`; 0 for a value of 0.
 *
 * @example
 * ```ts
 * decimalsFor(4.2137); // => 2
 * decimalsFor(421.37); // => 0
 * ```
 */
export const decimalsFor = (value: number, significant = 3, most = 12): number => {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(size)) return 0;
  // Through toExponential, so that 9.999 counts as the 10.0 it is shown as.
  const exponent = Number(size.toExponential(significant - 1).split("e")[1]);
  return Math.min(most, Math.max(0, significant - 1 - exponent));
};

/**
 * One count of decimals for a column of values, so that their points align: enough for the smallest to show three
 * significant digits, and never more than `most`.
 *
 * @example
 * ```ts
 * columnDecimals([1620, 402.1, 56.2]); // => 1
 * ```
 */
export const columnDecimals = (values: readonly number[], most = 2): number => {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  return sizes.length === 0 ? 0 : decimalsFor(Math.min(...sizes), 3, most);
};

/**
 * A count with its noun, in the plural where English wants it.
 *
 * @example
 * ```ts
 * formatCount(1, "invocation"); // => "1 invocation"
 * formatCount(1200, "invocation"); // => "1,200 invocations"
 * ```
 */
export const formatCount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatNumber(count)} ${count === 1 ? noun : plural}`;
