import { mean, sampleStandardDeviation } from "simple-statistics";
import type { SamplingContext } from "../sampling/decision.ts";
import type { SizeObservation } from "../sampling/observe-sizes.ts";
import { studentTQuantile } from "../statistics/student-t-quantile.ts";
import { objectiveOfCall } from "./objective-of-call.ts";

/** Confidence of the bound: that of the bound on the regret. */
const confidence = 0.9;

/**
 * How much worse than any other of some measured sizes one is at most, by the plain means of what was billed alone.
 *
 * Nothing is assumed of how a function depends on memory, nor taken from other sizes: an upper limit of the logarithm of
 * each ratio of two means, by Student's t with as many degrees of freedom as the size with fewer calls has (the delta
 * method). Two calls a size are the fewest.
 *
 * @param sizes - Sizes that may be chosen, among them `chosenMb`.
 * @returns Percent of the objective, with 90 % confidence; 0 for the only size, infinite where a size has a single call.
 */
export const meansBound = (context: SamplingContext, sizes: readonly SizeObservation[], chosenMb: number): number => {
  const means = sizes.map((size) => ({ memorySizeMb: size.memorySizeMb, ...plainMean(context, size) }));
  const chosen = means.find(({ memorySizeMb }) => memorySizeMb === chosenMb);
  if (chosen === undefined) throw new RangeError(`Expected ${chosenMb} MB among the sizes, got none.`);
  const bounds = means
    .filter((size) => size !== chosen)
    .map((rival) => {
      const degrees = Math.min(chosen.n, rival.n) - 1;
      if (degrees < 1) return Number.POSITIVE_INFINITY;
      const error = studentTQuantile(confidence, degrees) * Math.sqrt(chosen.variance + rival.variance);
      return 100 * Math.expm1(chosen.logMean - rival.logMean + error);
    });
  return Math.max(0, ...bounds);
};

/** Mean of the objective over all warm calls, as a logarithm, and the variance of that. */
const plainMean = (context: SamplingContext, { memorySizeMb, warm }: SizeObservation) => {
  const values = warm.map(({ billedMs }) => objectiveOfCall(context, memorySizeMb, billedMs));
  const average = mean(values);
  const error = values.length < 2 ? 0 : sampleStandardDeviation(values) / average / Math.sqrt(values.length);
  return { n: values.length, logMean: Math.log(average), variance: error ** 2 };
};
