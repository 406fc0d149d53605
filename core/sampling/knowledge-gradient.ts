import type { FittedCurve } from "./fit-curve.ts";

/** Points and weights of Gauss-Hermite quadrature for the standard normal law, eight of them. */
const quadrature: readonly (readonly [point: number, weight: number])[] = [
  [-4.144547186125894, 1.126145383753676e-4],
  [-2.802485861287542, 9.635220120788265e-3],
  [-1.636519042435108, 0.1172399076617584],
  [-0.5390798113513751, 0.3730122576790776],
  [0.5390798113513751, 0.3730122576790776],
  [1.636519042435108, 0.1172399076617584],
  [2.802485861287542, 9.635220120788265e-3],
  [4.144547186125894, 1.126145383753676e-4],
];

/**
 * How much lower the lowest objective is expected to be after one more measurement: its knowledge gradient.
 *
 * @param curve - What is known now.
 * @param objective - Mean of the objective at each of the curve's sizes, in logarithms.
 * @param candidate - Index of the size to measure.
 * @param noiseVariance - Of that measurement.
 * @param choosable - Which sizes could be chosen without it.
 * @returns 0 or more.
 * @see {@link https://doi.org/10.1287/ijoc.1080.0314 | Frazier, Powell and Dayanik 2009}
 */
export const knowledgeGradient = (
  curve: FittedCurve,
  objective: ArrayLike<number>,
  candidate: number,
  noiseVariance: number,
  choosable: (index: number) => boolean = () => true,
): number => {
  const row = curve.covariance[candidate];
  if (row === undefined) throw new RangeError(`Expected a size of the curve, got index ${candidate}.`);
  const sd = Math.sqrt(Math.max(1e-12, (row[candidate] ?? 0) + noiseVariance));
  let expected = 0;
  for (const [point, weight] of quadrature) {
    let lowest = Number.POSITIVE_INFINITY;
    for (let index = 0; index < row.length; index++) {
      if (index !== candidate && !choosable(index)) continue;
      const value = (objective[index] ?? 0) + ((row[index] ?? 0) / sd) * point;
      if (value < lowest) lowest = value;
    }
    expected += weight * lowest;
  }
  let now = Number.POSITIVE_INFINITY;
  for (let index = 0; index < row.length; index++) if (choosable(index)) now = Math.min(now, objective[index] ?? now);
  return Math.max(0, now - expected);
};

/** The curve as it will be known after a measurement whose result is not known yet: the mean stays, the variance falls. */
export const conditioned = (curve: FittedCurve, candidate: number, noiseVariance: number): FittedCurve => {
  const row = curve.covariance[candidate];
  if (row === undefined) throw new RangeError(`Expected a size of the curve, got index ${candidate}.`);
  const variance = Math.max(1e-12, (row[candidate] ?? 0) + noiseVariance);
  return {
    ...curve,
    covariance: curve.covariance.map((values, index) => {
      const factor = (row[index] ?? 0) / variance;
      return values.map((value, column) => value - factor * (row[column] ?? 0));
    }),
  };
};
