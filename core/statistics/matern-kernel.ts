/**
 * Matérn correlation with smoothness 3/2: functions with one derivative, rough enough for cliffs.
 *
 * @param distance - 0 or more, in units of the length scale.
 * @returns 1 at distance 0, falling to 0.
 * @see Rasmussen and Williams, Gaussian Processes for Machine Learning, equation 4.17
 *
 * @example
 * ```ts
 * [0, 1, 2].map((distance) => matern32(distance).toFixed(2)); // => ["1.00", "0.48", "0.14"]
 * ```
 */
export const matern32 = (distance: number): number => {
  const scaled = Math.sqrt(3) * distance;
  return (1 + scaled) * Math.exp(-scaled);
};

/** Matérn correlation with smoothness 5/2: functions with two derivatives. @see {@link matern32} */
export const matern52 = (distance: number): number => {
  const scaled = Math.sqrt(5) * distance;
  return (1 + scaled + (scaled * scaled) / 3) * Math.exp(-scaled);
};
