import { estimateSizes } from "../sampling/estimate-sizes.ts";
import { fitCurve } from "../sampling/fit-curve.ts";
import type { SizeObservation } from "../sampling/observe-sizes.ts";

/** Posterior of one tested size. */
export interface JudgedEstimate {
  readonly memorySizeMb: number;
  readonly n: number;
  readonly logBilled: number;
  readonly logDuration: number;
  readonly variance: number;
}

export const judgedEstimates = (
  usable: readonly SizeObservation[],
  payloadShares: readonly number[],
): JudgedEstimate[] => {
  if (usable.length === 0) return [];
  const estimates = estimateSizes(usable, payloadShares);
  const curve = fitCurve(
    estimates,
    estimates.sizes.map(({ memorySizeMb }) => memorySizeMb),
  );
  return estimates.sizes.map((size, index) => ({
    memorySizeMb: size.memorySizeMb,
    n: size.n,
    logBilled: (curve.mean[index] ?? 0) + 0.5 * (curve.covariance[index]?.[index] ?? 0),
    logDuration: (curve.mean[index] ?? 0) + size.logDurationOverBilled,
    variance: (curve.covariance[index]?.[index] ?? 0) + estimates.sharedTailVariance,
  }));
};
