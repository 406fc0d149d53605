import type { Sample } from "../invocation/sample.ts";
import type { SizeObservation } from "./observe-sizes.ts";

/** What the samples of one size say about its mean. */
export interface SizeEstimate {
  readonly memorySizeMb: number;
  /** Samples behind it. */
  readonly n: number;
  /** Natural logarithm of the mean billed duration in milliseconds. */
  readonly logBilled: number;
  /** Natural logarithm of the mean duration in milliseconds. */
  readonly logDuration: number;
  /** Variance of both logarithms, of sampling noise. */
  readonly variance: number;
}

/** Coefficient of variation assumed of a size before it has shown its own, and how many samples that belief weighs. */
const priorNoise = { cv: 0.1, samples: 2 } as const;

/**
 * Estimates each size's mean billed duration and mean duration, weighting payloads by their shares.
 *
 * @param usable - Sizes with at least one sample.
 * @param payloadShares - Share of each payload index, summing to 1.
 */
export const estimateSizes = (usable: readonly SizeObservation[], payloadShares: readonly number[]): SizeEstimate[] =>
  usable.map((size) => {
    const billed = meanByPayload(size.warm, payloadShares, (sample) => Math.max(1, sample.billedMs));
    const duration = meanByPayload(size.warm, payloadShares, (sample) => Math.max(0.01, sample.durationMs));
    return {
      memorySizeMb: size.memorySizeMb,
      n: size.warm.length,
      logBilled: Math.log(billed.mean),
      logDuration: Math.log(duration.mean),
      variance: billed.variance / billed.mean ** 2,
    };
  });

const meanByPayload = (
  samples: readonly Sample[],
  payloadShares: readonly number[],
  valueOf: (sample: Sample) => number,
): { readonly mean: number; readonly variance: number } => {
  // One share means one population, whichever of its payloads each sample was sent.
  const shares = payloadShares.length > 1 ? payloadShares : [];
  const strata = shares
    .map((share, payload) => ({ share, values: samples.filter((s) => s.payload === payload).map(valueOf) }))
    .filter((stratum) => stratum.values.length > 0);
  const covered = strata.reduce((sum, stratum) => sum + stratum.share, 0);
  const parts = (covered > 0 ? strata : [{ share: 1, values: samples.map(valueOf) }]).map(({ share, values }) => ({
    weight: covered > 0 ? share / covered : 1,
    ...meanAndVariance(values),
  }));
  return {
    mean: parts.reduce((sum, part) => sum + part.weight * part.mean, 0),
    variance: parts.reduce((sum, part) => sum + part.weight ** 2 * part.variance, 0),
  };
};

const meanAndVariance = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const pooled =
    (squares + priorNoise.samples * (priorNoise.cv * mean) ** 2) / (values.length - 1 + priorNoise.samples);
  return { mean, variance: pooled / values.length };
};
