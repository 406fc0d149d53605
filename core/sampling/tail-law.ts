import { logBetaBinomial } from "../statistics/log-beta-binomial.ts";
import { normalisedShares } from "../statistics/normalised-shares.ts";

/** What one size shows of its tail. */
export interface SizeTail {
  /** Memory in octaves over 1 GB. */
  readonly octaves: number;
  readonly n: number;
  /** Of each outlier: how many times the mean of the body it is, minus one. */
  readonly excesses: readonly number[];
}

/** One belief about what the far tail adds to the mean of each size. */
export interface TailBelief {
  /** Its probability after the samples; those of all beliefs sum to 1. */
  readonly weight: number;
  /** Whether it is that all sizes have the same tail. */
  readonly isAlike: boolean;
  /** Per size: logarithm of the factor from the mean of the body to the mean that is billed. */
  readonly logFactors: readonly number[];
  /** Variance of a size's `logFactors` after `more` samples of it, without what all sizes have in common. */
  readonly varianceWith: (size: number, more: number) => number;
  /** The same of a size that was never measured, after `n` samples. */
  readonly varianceAfter: (n: number) => number;
}

/** What the far tail adds to the mean, by each belief, and how little is known of what all sizes have in common. */
export interface TailLaw {
  readonly beliefs: readonly TailBelief[];
  /** Variance of the logarithm of the factor that all sizes share. */
  readonly sharedVariance: number;
}

/** Share of outliers assumed before samples say otherwise, and how many samples that belief weighs. */
const priorShare = { share: 0.02, weight: 15 } as const;
/** What an outlier adds, in units of the body, before one was seen, and how many outliers that belief weighs. */
const priorExcess = { excess: 0.5, weight: 0.5 } as const;
/** Beliefs about the share of outliers: all sizes have the same, neighbours have, each its own, or it falls with memory. */
const priorWeights = { same: 0.4, near: 0.2, own: 0.15, falling: 0.25 } as const;
/** Where it falls with memory, the share halves with so many octaves of memory. */
const fallingOctaves = 1;
/** Over how many octaves sizes are neighbours, and how many samples the share of all weighs beside theirs. */
const near = { octaves: 0.7, weight: 4 } as const;
/** How many samples the share of all weighs beside a size's own. */
const ownWeight = 4;
/** Spread of shares among sizes when they are of one law, as a number of samples: never quite the same law. */
const sameWeight = 400;
/** How much outliers of another size say about the magnitude of this one's, next to it and far away. */
const borrowed = { near: 0.5, far: 0.1, octaves: 1 } as const;
/** How much of the uncertainty of the magnitude of outliers is a size's own. */
const ownMagnitude = 0.3;

/**
 * Counts outliers and gives each size its share of them and their magnitude, by four beliefs: that all sizes have the same
 * share, that neighbours have, that each has its own, or that it falls with memory. Too little memory can make slow calls frequent, at one size and not at the
 * next. How well each belief predicts a size from the others is its weight.
 */
export const tailLaw = (sizes: readonly SizeTail[]): TailLaw => {
  const total = countOf(sizes);
  const pooled = pooledShare(total);
  const excess = excessAt(sizes);
  const magnitudes = sizes.map((size) => excessAt(sizes, size));
  const weights = beliefWeights(sizes);
  const belief = (
    weight: number,
    shareAt: (size: SizeTail) => Share,
    unmeasured: Share,
    isAlike = false,
  ): TailBelief => {
    const shares = sizes.map(shareAt);
    return {
      weight,
      isAlike,
      logFactors: sizes.map((_, size) => Math.log1p((shares[size]?.share ?? 0) * (magnitudes[size]?.mean ?? 0))),
      varianceWith: (size, more) => factorVariance(shares[size] ?? unmeasured, magnitudes[size] ?? excess, more),
      varianceAfter: (n) => factorVariance(unmeasured, { ...excess, weight: Number.POSITIVE_INFINITY }, n),
    };
  };
  return {
    beliefs: [
      belief(
        weights.same,
        ({ n }) => ({ share: pooled, weight: sameWeight + n }),
        { share: pooled, weight: sameWeight },
        true,
      ),
      belief(weights.near, ({ octaves }) => nearShare(sizes, octaves), { share: pooled, weight: near.weight }),
      belief(weights.falling, ({ octaves, n }) => fallingShare(sizes, octaves, sameWeight + n), {
        share: pooled,
        weight: sameWeight,
      }),
      belief(weights.own, ({ n, excesses }) => shareOf(excesses.length, n, pooled, ownWeight), {
        share: pooled,
        weight: ownWeight,
      }),
    ],
    sharedVariance: (2 * pooled * (excess.mean / (1 + pooled * excess.mean)) ** 2) / (total.n + priorShare.weight),
  };
};

/** A share of calls, and on how many samples it rests. */
interface Share {
  readonly share: number;
  readonly weight: number;
}

const shareOf = (outliers: number, n: number, prior: number, weight: number): Share => ({
  share: (outliers + prior * weight) / (n + weight),
  weight: n + weight,
});

/** Variance of log(1 + share * excess) after more samples. */
const factorVariance = ({ share, weight }: Share, excess: Excess, more: number): number => {
  const ofShare = (share * (1 - share)) / (weight + more);
  const ofMagnitude = (ownMagnitude * share ** 2) / (excess.weight + more * share + 1);
  return ((ofShare + ofMagnitude) * excess.mean ** 2) / (1 + share * excess.mean) ** 2;
};

interface Count {
  readonly n: number;
  readonly outliers: number;
}

const countOf = (sizes: readonly SizeTail[]): Count => ({
  n: sizes.reduce((sum, size) => sum + size.n, 0),
  outliers: sizes.reduce((sum, size) => sum + size.excesses.length, 0),
});

const pooledShare = ({ n, outliers }: Count): number => shareOf(outliers, n, priorShare.share, priorShare.weight).share;

/** The share around a size: other sizes count the less, the further they are. */
const nearShare = (sizes: readonly SizeTail[], octaves: number): Share => {
  let n = 0;
  let outliers = 0;
  for (const size of sizes) {
    const nearness = Math.exp(-(((size.octaves - octaves) / near.octaves) ** 2) / 2);
    n += nearness * size.n;
    outliers += nearness * size.excesses.length;
  }
  return shareOf(outliers, n, pooledShare(countOf(sizes)), near.weight);
};

/** The share at a size if it falls with memory. */
const fallingShare = (sizes: readonly SizeTail[], octaves: number, weight: number): Share => {
  const exposure = (at: number): number => 2 ** (-(at + 1) / fallingOctaves);
  const calls = sizes.reduce((sum, size) => sum + size.n * exposure(size.octaves), 0);
  const { outliers } = countOf(sizes);
  const rate = (outliers + priorShare.share * priorShare.weight) / (calls + priorShare.weight);
  return { share: Math.min(0.9, rate * exposure(octaves)), weight };
};

/** Mean magnitude of outliers, and how many it rests on. */
interface Excess {
  readonly mean: number;
  readonly weight: number;
}

/** At one size, or over all. */
const excessAt = (sizes: readonly SizeTail[], at?: SizeTail): Excess => {
  let weight: number = priorExcess.weight;
  let sum = priorExcess.weight * priorExcess.excess;
  for (const size of sizes) {
    const distance = at === undefined ? 0 : (size.octaves - at.octaves) / borrowed.octaves;
    const says = at === undefined || size === at ? 1 : borrowed.far + borrowed.near * Math.exp(-(distance ** 2) / 2);
    weight += says * size.excesses.length;
    sum += says * size.excesses.reduce((total, value) => total + value, 0);
  }
  return { mean: sum / weight, weight };
};

/** Posterior probabilities of the beliefs, each size predicted from the others. */
const beliefWeights = (sizes: readonly SizeTail[]): Readonly<Record<keyof typeof priorWeights, number>> => {
  const logs = {
    same: Math.log(priorWeights.same),
    near: Math.log(priorWeights.near),
    own: Math.log(priorWeights.own),
    falling: Math.log(priorWeights.falling),
  };
  for (const size of sizes) {
    const others = sizes.filter((other) => other !== size);
    const count = countOf(others);
    const pooled = pooledShare(count);
    const around = nearShare(others, size.octaves);
    const says = (share: number, weight: number): number =>
      logBetaBinomial(size.excesses.length, size.n, share * weight, (1 - share) * weight);
    logs.same += says(pooled, count.n + priorShare.weight);
    logs.near += says(around.share, around.weight + 1);
    logs.own += says(pooled, ownWeight);
    logs.falling += says(fallingShare(others, size.octaves, 0).share, count.n + priorShare.weight);
  }
  const [same = 0, nearby = 0, own = 0, falling = 0] = normalisedShares([logs.same, logs.near, logs.own, logs.falling]);
  return { same, near: nearby, own, falling };
};
