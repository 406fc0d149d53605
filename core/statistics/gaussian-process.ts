import { choleskyFactor, solveLower } from "./cholesky.ts";

/** Prior of an unknown function at the places where it was observed: means, and how its values vary together. */
export interface ObservedPrior {
  readonly mean: ArrayLike<number>;
  /** Symmetric, a row an observation. */
  readonly covariance: readonly ArrayLike<number>[];
}

/** Noisy observations of the function: values, and the covariance of their noise. */
export interface NoisyObservations {
  readonly y: readonly number[];
  /** Symmetric, a row an observation. */
  readonly noise: readonly ArrayLike<number>[];
}

/** A prior that has seen the observations. */
export interface GaussianFit {
  /** Factor of the observations' covariance. */
  readonly lower: readonly Float64Array[];
  /** Residuals of the observations, made independent. */
  readonly whitened: Float64Array;
  /** Logarithm of the density of the observations under the prior, for comparing priors. */
  readonly logEvidence: number;
}

/** The same prior at the places where the function is wanted. */
export interface WantedPrior {
  readonly mean: ArrayLike<number>;
  /** A row a wanted place, a column an observation. */
  readonly crossCovariance: readonly ArrayLike<number>[];
  /** Symmetric, a row a wanted place. */
  readonly covariance: readonly ArrayLike<number>[];
}

/** The function at given places after the observations: a joint normal distribution. */
export interface GaussianPosterior {
  readonly mean: Float64Array;
  /** Symmetric, a row a place. */
  readonly covariance: readonly Float64Array[];
}

/**
 * Exact regression with a Gaussian process, for some tens of observations: first half, what the observations say.
 *
 * @throws RangeError when the covariance of the observations is not positive definite.
 * @see Rasmussen and Williams, Gaussian Processes for Machine Learning, algorithm 2.1
 *
 * @example
 * ```ts
 * const fit = fitGaussian({ mean: [0], covariance: [[3]] }, { y: [8], noise: [[1]] });
 * predictGaussian(fit, { mean: [0], crossCovariance: [[3]], covariance: [[3]] }).mean[0]; // => 6
 * ```
 */
export const fitGaussian = (prior: ObservedPrior, { y, noise }: NoisyObservations): GaussianFit => {
  const lower = choleskyFactor(
    prior.covariance.map((row, index) => addedToDiagonal(row, noise[index] ?? new Float64Array(y.length), index)),
  );
  const whitened = solveLower(
    lower,
    y.map((value, index) => value - (prior.mean[index] ?? 0)),
  );
  return { lower, whitened, logEvidence: logDensity(lower, whitened) };
};

/** Second half: what follows from them where the function is wanted. */
export const predictGaussian = ({ lower, whitened }: GaussianFit, wanted: WantedPrior): GaussianPosterior => {
  const projections = wanted.crossCovariance.map((row) => solveLower(lower, row));
  const covariance = wanted.covariance.map((row) => new Float64Array(row));
  for (const [row, target] of covariance.entries()) {
    const own = projections[row];
    for (let column = 0; column <= row; column++) {
      const value = (target[column] ?? 0) - dot(own, projections[column]);
      target[column] = value;
      const mirrored = covariance[column];
      if (mirrored !== undefined) mirrored[row] = value;
    }
  }
  return {
    mean: Float64Array.from(projections, (own, index) => (wanted.mean[index] ?? 0) + dot(own, whitened)),
    covariance,
  };
};

/**
 * One normal distribution with the mean and covariance of a mixture of several.
 *
 * @param weights - Above 0; they need not sum to 1.
 */
export const mixPosteriors = (
  posteriors: readonly GaussianPosterior[],
  weights: readonly number[],
): GaussianPosterior => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const places = posteriors[0]?.mean.length ?? 0;
  const mean = new Float64Array(places);
  const covariance = Array.from({ length: places }, () => new Float64Array(places));
  for (const [index, posterior] of posteriors.entries()) addScaled(mean, posterior.mean, (weights[index] ?? 0) / total);
  for (const [index, posterior] of posteriors.entries()) {
    const share = (weights[index] ?? 0) / total;
    const shift = posterior.mean.map((value, place) => value - (mean[place] ?? 0));
    for (const [row, target] of covariance.entries()) {
      const source = posterior.covariance[row];
      const own = shift[row] ?? 0;
      for (let column = 0; column < places; column++) {
        target[column] = (target[column] ?? 0) + share * ((source?.[column] ?? 0) + own * (shift[column] ?? 0));
      }
    }
  }
  return { mean, covariance };
};

const addScaled = (target: Float64Array, source: Float64Array, factor: number): void => {
  for (let index = 0; index < target.length; index++) {
    target[index] = (target[index] ?? 0) + factor * (source[index] ?? 0);
  }
};

/** The sum of two rows of symmetric matrices, as far as the diagonal: no more of it is read. */
const addedToDiagonal = (left: ArrayLike<number>, right: ArrayLike<number>, row: number): Float64Array => {
  const sum = new Float64Array(left.length);
  for (let column = 0; column <= row; column++) sum[column] = (left[column] ?? 0) + (right[column] ?? 0);
  return sum;
};

const dot = (left: Float64Array | undefined, right: Float64Array | undefined): number => {
  let sum = 0;
  if (left === undefined || right === undefined) return sum;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
};

const logDensity = (lower: readonly Float64Array[], whitened: Float64Array): number => {
  let sum = -0.5 * dot(whitened, whitened) - 0.5 * lower.length * Math.log(2 * Math.PI);
  for (const [row, values] of lower.entries()) sum -= Math.log(values[row] ?? Number.NaN);
  return sum;
};
