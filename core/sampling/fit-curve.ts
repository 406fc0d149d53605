import { gaussianPosterior, mixPosteriors } from "../statistics/gaussian-process.ts";
import { matern32, matern52 } from "../statistics/matern-kernel.ts";
import { oneVcpuMb } from "../units.ts";
import type { Estimates } from "./estimate-sizes.ts";

/** The logarithm of mean billed duration at given sizes, as far as the samples tell it: jointly normal. */
export interface FittedCurve {
  readonly sizesMb: readonly number[];
  /** Logarithm of mean billed milliseconds. */
  readonly mean: Float64Array;
  /** Covariance of those logarithms, without the tail's part that all sizes share. */
  readonly covariance: readonly Float64Array[];
}

/** Sd of the logarithm of an environment's own speed. */
export const hostSd = 0.03;
/** Sd of the logarithm of the speed at the time of a round. */
export const roundSd = 0.025;

/**
 * Fits a curve through the estimates: log duration over log memory, falling with the CPU share up to one vCPU and flatter
 * above, with a Gaussian process for what that leaves.
 *
 * Three kernels from smooth to rough, each also with more noise than estimated, are averaged by their evidence, so that
 * cliffs are followed where the samples show them and not elsewhere.
 *
 * @param estimates - Of at least one size.
 * @param sizesMb - Where the curve is wanted.
 */
export const fitCurve = (estimates: Estimates, sizesMb: readonly number[]): FittedCurve => {
  const cells = estimates.sizes.flatMap((size, index) =>
    size.rounds.map((round) => ({ ...round, index, x: octavesOf(size.memorySizeMb) })),
  );
  const shared = estimates.sizes.map((size) => size.tailVariance + hostSd ** 2 / Math.max(1, size.environments));
  const noiseWith = (factor: number) =>
    cells.map((left, row) =>
      Float64Array.from(
        cells,
        (right, column) =>
          (left.index === right.index ? (shared[left.index] ?? 0) : 0) +
          (left.round === right.round ? roundSd ** 2 : 0) +
          (row === column ? factor * left.variance + nuggetSd ** 2 : 0),
      ),
    );
  const noises = noiseFactors.map(({ factor, weight }) => ({ weight, noise: noiseWith(factor) }));
  const x = cells.map((cell) => cell.x);
  const y = cells.map((cell) => cell.logBilled);
  const places = sizesMb.map(octavesOf);
  const weights: number[] = [];
  const posteriors = kernels.flatMap((kernel) => {
    const prior = {
      observedMean: x.map(priorMean),
      wantedMean: places.map(priorMean),
      observedCovariance: covarianceOf(kernel, x, x),
      crossCovariance: covarianceOf(kernel, places, x),
      wantedCovariance: covarianceOf(kernel, places, places),
    };
    return noises.map(({ weight, noise }) => {
      weights.push(kernel.weight * weight);
      return gaussianPosterior(prior, { y, noise });
    });
  });
  const { mean, covariance } = mixPosteriors(posteriors, weights);
  return { sizesMb, mean, covariance };
};

/** Memory in octaves over 1 GB. */
export const octavesOf = (memoryMb: number): number => Math.log2(memoryMb / 1024);

interface Kernel {
  readonly weight: number;
  readonly sd: number;
  readonly lengthOctaves: number;
  readonly correlation: (distance: number) => number;
}

const kernels: readonly Kernel[] = [
  { weight: 0.3, sd: 0.45, lengthOctaves: 4, correlation: matern52 },
  { weight: 0.5, sd: 0.45, lengthOctaves: 1.2, correlation: matern32 },
  { weight: 0.2, sd: 0.6, lengthOctaves: 0.5, correlation: matern32 },
];
const noiseFactors = [
  { factor: 1, weight: 0.7 },
  { factor: 4, weight: 0.3 },
];

const kink = octavesOf(oneVcpuMb);
/** Slopes of log duration on log memory: below one vCPU between CPU-bound and I/O-bound, above it nearly flat. */
const slopeBelow = { mean: -0.55, sd: 0.25 };
const slopeAbove = { mean: -0.08, sd: 0.15 };
const levelSd = 3;
/** Duration of an unknown function at 1 GB: 200 ms, give or take a factor of twenty. */
const levelMean = Math.log(200);
const nuggetSd = 0.01;

const below = (x: number): number => Math.min(x, kink) * Math.LN2;
const above = (x: number): number => Math.max(x - kink, 0) * Math.LN2;

const priorMean = (x: number): number => levelMean + slopeBelow.mean * below(x) + slopeAbove.mean * above(x);

const covarianceOf = (kernel: Kernel, rows: readonly number[], columns: readonly number[]): Float64Array[] =>
  rows.map((left) =>
    Float64Array.from(
      columns,
      (right) =>
        levelSd ** 2 +
        slopeBelow.sd ** 2 * below(left) * below(right) +
        slopeAbove.sd ** 2 * above(left) * above(right) +
        kernel.sd ** 2 * kernel.correlation(Math.abs(left - right) / kernel.lengthOctaves),
    ),
  );
