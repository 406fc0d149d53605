/**
 * Standard normal distribution function: the probability of a value up to `z`.
 *
 * Hart's rational approximation as given by West (2005); absolute error under 1e-14. R: `pnorm(z)`.
 *
 * @param z - Any finite number.
 * @returns From 0 to 1.
 * @see {@link https://doi.org/10.1002/wilm.42820050110 | Better Approximations to Cumulative Normal Functions}
 *
 * @example
 * ```ts
 * normalCdf(0); // => 0.5
 * ```
 */
export const normalCdf = (z: number): number => {
  const upper = upperTail(Math.abs(z));
  return z > 0 ? 1 - upper : upper;
};

/** P(Z > z) for z of 0 or more. */
const upperTail = (z: number): number => {
  if (z > 37) return 0;
  const density = Math.exp((-z * z) / 2);
  if (z < 7.07106781186547) return (density * polynomial(numerator, z)) / polynomial(denominator, z);
  const fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
  return density / fraction / 2.506628274631;
};

/** Highest power first. */
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

const numerator = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
];
const denominator = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
];
