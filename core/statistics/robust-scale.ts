import { median } from "simple-statistics";

/** Turns a median absolute deviation into the standard deviation of a normal law. */
const normalScale = 1.4826;

/** A standard deviation believed before samples say otherwise. */
export interface PriorScale {
  readonly sd: number;
  /** How many samples the belief weighs. */
  readonly weight: number;
}

/**
 * The scale that several groups have in common: 1.4826 times the median absolute residual from each group's own median.
 *
 * @param groups - Each of at least one value.
 * @param least - The result is no smaller.
 *
 * @example
 * ```ts
 * pooledScale([[1, 2, 3], [11, 12, 13]], { sd: 0, weight: 0 }, 0).toFixed(2); // => "1.82"
 * ```
 */
export const pooledScale = (groups: readonly (readonly number[])[], prior: PriorScale, least: number): number => {
  const residuals = groups.flatMap((values) => {
    const middle = median([...values]);
    // Few values lie close to their own median: the more so, the fewer they are.
    const shrinkage = values.length > 1 ? Math.sqrt(values.length / (values.length - 1)) : 0;
    return values.length > 1 ? values.map((value) => Math.abs(value - middle) * shrinkage) : [];
  });
  const observed = residuals.length === 0 ? 0 : normalScale * median(residuals);
  return Math.max(least, (residuals.length * observed + prior.weight * prior.sd) / (residuals.length + prior.weight));
};

/**
 * A group's own scale, shrunk to one that many groups have in common.
 *
 * @param values - At least one.
 * @param pooledWeight - How many samples the common scale weighs.
 * @param least - The result is no smaller.
 */
export const shrunkScale = (values: readonly number[], pooled: number, pooledWeight: number, least: number): number => {
  const middle = median([...values]);
  const own = normalScale * median(values.map((value) => Math.abs(value - middle)));
  const degrees = values.length - 1;
  return Math.max(least, Math.sqrt((pooledWeight * pooled ** 2 + degrees * own ** 2) / (pooledWeight + degrees)));
};
