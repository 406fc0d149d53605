import { gammaln } from "simple-statistics";

/**
 * Fisher's exact test, one-sided: the chance that a group of trials has so many hits or more, when hits fall on it and on
 * the rest alike.
 *
 * SciPy: `fisher_exact([[hits, trials - hits], [otherHits, otherTrials - otherHits]], alternative="greater").pvalue`.
 *
 * @param hits - From 0 to `trials`.
 * @param otherHits - From 0 to `otherTrials`.
 * @returns From 0 to 1; 1 when there is nothing to compare with.
 *
 * @example
 * ```ts
 * fisherTail(1, 1, 0, 19).toFixed(4); // => "0.0500"
 * fisherTail(0, 5, 0, 5); // => 1
 * ```
 */
export const fisherTail = (hits: number, trials: number, otherHits: number, otherTrials: number): number => {
  const most = Math.min(trials, hits + otherHits);
  const all = logChoose(trials + otherTrials, hits + otherHits);
  let sum = 0;
  for (let count = hits; count <= most; count += 1) {
    const others = hits + otherHits - count;
    if (others <= otherTrials) sum += Math.exp(logChoose(trials, count) + logChoose(otherTrials, others) - all);
  }
  return Math.min(1, sum);
};

const logChoose = (n: number, k: number): number => gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
