/** What the far tail adds to the mean: the factor from the mean of the body to the mean that is billed. */
export interface TailLaw {
  /** Log residual from which a value is an outlier. */
  readonly limit: number;
  /** @returns Logarithm of the factor of a size, by its index, and the variance of what is its own in it. */
  readonly factorOf: (size: number) => { readonly logFactor: number; readonly variance: number };
  /** Variance of the logarithm of what is a size's own, after `more` samples of it. */
  readonly varianceWith: (size: number, more: number) => number;
  /** Variance of the logarithm of the own part of a size without samples, after `n` of them. */
  readonly varianceAfter: (n: number) => number;
  /** Variance of the logarithm of the part that all sizes share. */
  readonly sharedVariance: number;
}

/** Outliers lie beyond so many scales, and at least this far, above the location. */
const outlierFrom = { scales: 4, least: 0.25 } as const;
/** Share of outliers assumed before samples say otherwise, and how many samples that belief weighs. */
const priorShare = { share: 0.02, weight: 15 } as const;
/** What an outlier adds, in units of the location, before one was seen, and how many outliers that belief weighs. */
const priorExcess = { excess: 0.5, weight: 0.5 } as const;
/** Prior probability that the share of outliers changes with memory, and over how many octaves it does. */
const local = { probability: 0.3, octaves: 0.7, pooledWeight: 4 } as const;
/** Spread of shares among sizes when they are of one law, as a number of samples: never quite the same law. */
const sameLawWeight = 60;

/** What one size says about the tail: how many of its samples are outliers. */
interface Counted {
  readonly octaves: number;
  readonly n: number;
  readonly outliers: number;
}

/**
 * Counts outliers beyond a limit and gives each size its share of them, with one magnitude for all.
 *
 * Two beliefs about the share are weighed by how well they predict each size from the others: that all sizes have the
 * same, and that neighbours do. Too little memory can make slow calls frequent.
 *
 * @param sizes - Log residuals of each size from the location of its body, and its memory in octaves.
 * @param scale - Sd of the body.
 */
export const tailLaw = (
  sizes: readonly { readonly octaves: number; readonly residuals: readonly number[] }[],
  scale: number,
): TailLaw => {
  const limit = Math.max(outlierFrom.scales * scale, outlierFrom.least);
  const excesses = sizes
    .flatMap(({ residuals }) => residuals.filter((value) => value > limit))
    .map((value) => Math.exp(value) - 1);
  const excess =
    (excesses.reduce((sum, value) => sum + value, 0) + priorExcess.weight * priorExcess.excess) /
    (excesses.length + priorExcess.weight);
  const counted = sizes.map(({ octaves, residuals }) => ({
    octaves,
    n: residuals.length,
    outliers: residuals.filter((value) => value > limit).length,
  }));
  const n = counted.reduce((sum, size) => sum + size.n, 0);
  const localProbability = probabilityOfLocal(counted);
  const pooled = pooledShare(counted);
  const factorOf = (share: number) => 1 + share * excess;
  const near = counted.map(({ octaves }) => localShare(counted, octaves));
  const shareOf = (index: number) =>
    localProbability * (near[index]?.share ?? pooled) + (1 - localProbability) * pooled;
  const varianceWith = (index: number, more: number) => {
    const around = near[index] ?? { share: pooled, weight: local.pooledWeight };
    const spread =
      (localProbability * around.share * (1 - around.share)) / (around.weight + more) +
      ((1 - localProbability) * pooled * (1 - pooled)) / (sameLawWeight + (counted[index]?.n ?? 0) + more) +
      localProbability * (1 - localProbability) * (around.share - pooled) ** 2;
    return spread * (excess / factorOf(shareOf(index))) ** 2;
  };
  return {
    limit,
    factorOf: (index) => ({ logFactor: Math.log(factorOf(shareOf(index))), variance: varianceWith(index, 0) }),
    varianceWith,
    varianceAfter: (count) =>
      ((localProbability / (count + local.pooledWeight) + (1 - localProbability) / (sameLawWeight + count)) *
        pooled *
        (1 - pooled) *
        excess ** 2) /
      factorOf(pooled) ** 2,
    sharedVariance: (2 * pooled * (excess / factorOf(pooled)) ** 2) / (n + priorShare.weight),
  };
};

const pooledShare = (sizes: readonly Counted[]): number => {
  const n = sizes.reduce((sum, size) => sum + size.n, 0);
  const outliers = sizes.reduce((sum, size) => sum + size.outliers, 0);
  return (outliers + priorShare.share * priorShare.weight) / (n + priorShare.weight);
};

/** The share around a size: other sizes count the less, the further they are. */
const localShare = (sizes: readonly Counted[], octaves: number): { share: number; weight: number } => {
  let n = local.pooledWeight;
  let outliers = local.pooledWeight * pooledShare(sizes);
  for (const size of sizes) {
    const nearness = Math.exp(-(((size.octaves - octaves) / local.octaves) ** 2) / 2);
    n += nearness * size.n;
    outliers += nearness * size.outliers;
  }
  return { share: outliers / n, weight: n + 1 };
};

/** Posterior probability that neighbours rather than all sizes have one share, each size predicted from the others. */
const probabilityOfLocal = (sizes: readonly Counted[]): number => {
  let logRatio = 0;
  for (const size of sizes) {
    const others = sizes.filter((other) => other !== size);
    const pooled = pooledShare(others);
    const near = localShare(others, size.octaves).share;
    logRatio +=
      size.outliers * Math.log(near / pooled) + (size.n - size.outliers) * Math.log((1 - near) / (1 - pooled));
  }
  const odds = (local.probability / (1 - local.probability)) * Math.exp(Math.max(-50, Math.min(50, logRatio)));
  return odds / (1 + odds);
};
