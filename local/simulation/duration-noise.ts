import { normalQuantile } from "../../core/statistics/normal-quantile.ts";
import type { SimulationModel } from "./simulation-file.ts";

/** Outliers take so many times as long as they would have: uniform between the two. */
const outlierFactor = { least: 2, most: 6, mean: 4 } as const;

/**
 * A factor on the mean duration: lognormal with mean 1, and for a share of the draws an outlier on top. The whole is
 * scaled so that its mean is exactly 1.
 *
 * @param random - Uniform in [0, 1); three numbers are taken for every factor, whatever comes of them.
 */
export const drawNoiseFactor = ({ cv, outlierShare }: SimulationModel["noise"], random: () => number): number => {
  const body = lognormal(cv, random());
  const isOutlier = random() < outlierShare;
  const size = random();
  const factor = isOutlier ? outlierFactor.least + (outlierFactor.most - outlierFactor.least) * size : 1;
  return (body * factor) / (1 + outlierShare * (outlierFactor.mean - 1));
};

/** Quantile of the lognormal distribution with mean 1 and the given coefficient of variation. */
const lognormal = (cv: number, probability: number): number => {
  const variance = Math.log1p(cv * cv);
  if (variance === 0) return 1;
  // The generator may give 0, whose quantile is minus infinity.
  const standard = normalQuantile(Math.max(probability, 2 ** -33));
  return Math.exp(Math.sqrt(variance) * standard - variance / 2);
};
