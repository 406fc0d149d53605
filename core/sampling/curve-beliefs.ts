import { matern32, matern52 } from "../statistics/matern-kernel.ts";
import { oneVcpuMb } from "../units.ts";

/** One belief about how log duration depends on memory, before any sample. */
export interface CurveBelief {
  readonly weight: number;
  readonly kernel: number;
  /** Factor on the sd of the deviations from the trend. */
  readonly amplitude: number;
  /** Factor on the variance of the samples' noise. */
  readonly noiseFactor: number;
  /** Where a cliff is. */
  readonly gap?: Gap;
}

/** Two neighbouring measured sizes, in octaves over 1 GB. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/**
 * Memory in octaves over 1 GB.
 *
 * @example
 * ```ts
 * octavesOf(256); // => -2
 * ```
 */
export const octavesOf = (memoryMb: number): number => Math.log2(memoryMb / 1024);

/** What is left after the trend: smooth or rough, much or little. */
const kernels = [
  { weight: 0.3, sd: 0.45, lengthOctaves: 4, correlation: matern52 },
  { weight: 0.5, sd: 0.45, lengthOctaves: 1.2, correlation: matern32 },
  { weight: 0.2, sd: 0.6, lengthOctaves: 0.5, correlation: matern32 },
] as const;
const amplitudes = [
  { weight: 0.5, factor: 1 },
  { weight: 0.5, factor: 0.3 },
] as const;
const noiseFactors = [
  { weight: 0.7, factor: 1 },
  { weight: 0.3, factor: 4 },
] as const;

/** A sudden drop between two measured sizes: probability that there is one, and its size in logarithms. */
const cliff = { probability: 0.4, mean: 0.5, sd: 0.4 } as const;

/**
 * All beliefs: a trend that falls with the CPU share up to one vCPU and less above, deviations from it by three kernels, and
 * perhaps a cliff in one of the gaps between measured sizes.
 *
 * @param measured - Measured sizes in octaves over 1 GB, ascending.
 */
export const curveBeliefs = (measured: readonly number[]): CurveBelief[] => {
  const whole = cliffDensity(octavesOf(128), octavesOf(10_240));
  const gaps = measured.slice(1).map((to, index) => {
    const from = measured[index] ?? to;
    return { from, to, probability: (cliff.probability * cliffDensity(from, to)) / whole };
  });
  const somewhere = gaps.reduce((sum, { probability }) => sum + probability, 0);
  return kernels.flatMap(({ weight }, kernel) =>
    amplitudes.flatMap((amplitude) => {
      const smooth = { kernel, amplitude: amplitude.factor };
      const share = weight * amplitude.weight;
      return [
        ...noiseFactors.map((noise) => ({
          ...smooth,
          noiseFactor: noise.factor,
          weight: share * noise.weight * (1 - somewhere),
        })),
        ...gaps.map(({ probability, ...gap }) => ({ ...smooth, noiseFactor: 1, gap, weight: share * probability })),
      ];
    }),
  );
};

/** Cliffs come from too little memory: the more memory, the rarer. */
const cliffDensity = (from: number, to: number): number =>
  cliffDensities.reduce(
    (sum, density) => sum + density.weight * Math.max(0, Math.min(to, density.to) - Math.max(from, density.from)),
    0,
  );

const cliffDensities = [
  { from: octavesOf(128), to: octavesOf(1024), weight: 1 },
  { from: octavesOf(1024), to: octavesOf(2048), weight: 0.5 },
  { from: octavesOf(2048), to: octavesOf(10_240), weight: 0.1 },
] as const;

const kink = octavesOf(oneVcpuMb);
/** Slopes of log duration on log memory: below one vCPU between CPU-bound and I/O-bound, above it nearly flat. */
const slopeBelow = { mean: -0.55, sd: 0.25 };
const slopeAbove = { mean: -0.08, sd: 0.15 };
/** Duration of an unknown function at 1 GB: 200 ms, give or take a factor of twenty. */
const level = { mean: Math.log(200), sd: 3 };

const below = (octaves: number): number => Math.min(octaves, kink) * Math.LN2;
const above = (octaves: number): number => Math.max(octaves - kink, 0) * Math.LN2;

/** Expected log durations of a belief. */
export const priorMean = ({ gap }: CurveBelief, places: readonly number[]): Float64Array =>
  new Float64Array(
    places.map(
      (octaves) =>
        level.mean +
        slopeBelow.mean * below(octaves) +
        slopeAbove.mean * above(octaves) +
        (gap === undefined ? 0 : cliff.mean * ahead(gap, octaves)),
    ),
  );

/** How much of a cliff lies ahead: it is equally likely anywhere in its gap. */
const ahead = ({ from, to }: Gap, octaves: number): number => Math.max(0, Math.min(1, (to - octaves) / (to - from)));

/**
 * Covariances of log durations between two lists of sizes, for any belief: what beliefs have in common is computed once.
 */
export const priorCovariance = (
  rows: readonly number[],
  columns: readonly number[],
): ((belief: CurveBelief) => Float64Array[]) => {
  const matrix = (of: (left: number, right: number) => number): Float64Array[] =>
    rows.map((left) => new Float64Array(columns.map((right) => of(left, right))));
  const trend = matrix(
    (left, right) =>
      level.sd ** 2 + slopeBelow.sd ** 2 * below(left) * below(right) + slopeAbove.sd ** 2 * above(left) * above(right),
  );
  const deviations = kernels.map(({ sd, lengthOctaves, correlation }) =>
    matrix((left, right) => sd ** 2 * correlation(Math.abs(left - right) / lengthOctaves)),
  );
  return ({ kernel, amplitude, gap }) => {
    const power = amplitude ** 2;
    const sums = trend.map((values, row) => {
      const sum = new Float64Array(columns.length);
      const deviates = deviations[kernel]?.[row] ?? sum;
      for (let column = 0; column < columns.length; column++) {
        sum[column] = (values[column] ?? 0) + power * (deviates[column] ?? 0);
      }
      return sum;
    });
    if (gap === undefined) return sums;
    const rowsAhead = rows.map((octaves) => ahead(gap, octaves));
    const columnsAhead = columns.map((octaves) => ahead(gap, octaves));
    for (const [row, sum] of sums.entries()) {
      const left = rowsAhead[row] ?? 0;
      if (left === 0) continue;
      for (let column = 0; column < columns.length; column++) {
        const right = columnsAhead[column] ?? 0;
        sum[column] =
          (sum[column] ?? 0) +
          (cliff.sd ** 2 + cliff.mean ** 2) * Math.min(left, right) -
          cliff.mean ** 2 * left * right;
      }
    }
    return sums;
  };
};
