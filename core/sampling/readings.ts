import { octavesOf } from "./curve-beliefs.ts";
import type { Estimates, RoundEstimate, SizeEstimate } from "./estimate-sizes.ts";
import { hostSd, nuggetSd, roundSd } from "./platform-noise.ts";
import type { TailBelief } from "./tail-law.ts";

/** A round's samples of one size. */
export interface Cell extends RoundEstimate {
  /** Of the size in the estimates. */
  readonly index: number;
  /** Memory of the size in octaves over 1 GB. */
  readonly octaves: number;
}

/** One way to read the samples. */
export interface Reading {
  readonly weight: number;
  /** Of each cell: logarithm of mean billed milliseconds. */
  readonly values: readonly number[];
  /** Covariance of their noise, when the variance by sampling noise is so many times what the samples say. */
  readonly noiseOf: (factor: number) => Float64Array[];
}

/** Readings among which a smooth curve may choose, and how probable it is that one of them is right. */
export interface ReadingGroup {
  readonly probability: number;
  readonly readings: readonly Reading[];
}

/** A group or a belief that is less probable than this is left out. */
const negligible = 0.01;

/** The rounds of all sizes, one after the other. */
export const cellsOf = ({ sizes }: Estimates): Cell[] =>
  sizes.flatMap((size, index) =>
    size.rounds.map((round) => ({ ...round, index, octaves: octavesOf(size.memorySizeMb) })),
  );

/**
 * Every way to read the samples, in groups whose probabilities sum to about 1.
 *
 * If sizes differ in more than a factor, each size's body is read by itself, with what each belief about the tail adds. If
 * they share one law, they are read as they align; what slow calls add may still change with memory, by the same beliefs.
 * How well a curve fits compares readings of the same statistic only: the groups' probabilities come from the samples.
 */
export const readingGroups = (estimates: Estimates, cells: readonly Cell[]): ReadingGroup[] => {
  const beliefs = estimates.tail.beliefs.filter(({ weight }) => weight >= negligible);
  const shared = estimates.sharedProbability;
  const groups = [
    { probability: 1 - shared, readings: beliefs.map((belief) => ownReading(estimates, cells, belief)) },
    ...beliefs.map((belief) => ({
      probability: shared * belief.weight,
      readings: [sharedReading(estimates, cells, belief)],
    })),
  ];
  return groups.filter(({ probability }) => probability >= negligible);
};

/** Each size by its own body and what the belief says of its tail. */
const ownReading = (estimates: Estimates, cells: readonly Cell[], belief: TailBelief): Reading => ({
  weight: belief.weight,
  values: cells.map((cell) => cell.logBody + (belief.logFactors[cell.index] ?? 0)),
  noiseOf: noiseByFactor(cells, sizeVariances(estimates, belief)),
});

/** All sizes as they align; of the tail only what the belief says to differ between sizes. */
const sharedReading = (estimates: Estimates, cells: readonly Cell[], belief: TailBelief): Reading => {
  const factors = belief.isAlike ? belief.logFactors.map(() => 0) : belief.logFactors;
  const usual = factors.reduce((sum, value) => sum + value, 0) / factors.length;
  const aligned = cells.map((cell) => {
    const { shared, n } = sizeAt(estimates, cell.index);
    return { ...cell, logMean: shared.logMean, variance: (shared.variance * n) / cell.n };
  });
  return {
    weight: 1,
    values: aligned.map(({ logMean, index }) => logMean + (factors[index] ?? 0) - usual),
    noiseOf: noiseByFactor(aligned, sizeVariances(estimates, belief.isAlike ? undefined : belief)),
  };
};

const sizeAt = ({ sizes }: Estimates, index: number): SizeEstimate => {
  const size = sizes[index];
  if (size === undefined) throw new RangeError(`Expected a measured size, got index ${index}.`);
  return size;
};

/** Variances that all cells of a size have in common, by the size's index. */
const sizeVariances = ({ sizes }: Estimates, belief: TailBelief | undefined): number[] =>
  sizes.map(
    (size, index) =>
      size.ownVarianceWith(0) + (belief?.varianceWith(index, 0) ?? 0) + hostSd ** 2 / Math.max(1, size.environments),
  );

/** Covariance of the cells' noise: cells of a size share its tail and environments, cells of a round the time of day. */
const noiseByFactor = (cells: readonly Cell[], ofSizes: readonly number[]): ((factor: number) => Float64Array[]) => {
  const made = new Map<number, Float64Array[]>();
  return (factor) => {
    const known = made.get(factor);
    if (known !== undefined) return known;
    const noise = cells.map(
      (left, row) =>
        new Float64Array(
          cells.map(
            (right, column) =>
              (left.index === right.index ? (ofSizes[left.index] ?? 0) : 0) +
              (left.round === right.round ? roundSd ** 2 : 0) +
              (row === column ? factor * left.variance + nuggetSd ** 2 : 0),
          ),
        ),
    );
    made.set(factor, noise);
    return noise;
  };
};
