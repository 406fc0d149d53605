/** Equally spaced places on a line, the first of them `from`. */
export interface Grid {
  readonly from: number;
  readonly step: number;
  readonly places: number;
}

/** A value and the sd of the normal kernel around it. */
export interface Kernel {
  readonly value: number;
  readonly bandwidth: number;
}

/** Beyond so many bandwidths a kernel counts as 0. */
const reach = 4;

/**
 * Sum of normal densities around values, at the places of a grid: over their number, an estimate of the values' law.
 *
 * @see Silverman, Density Estimation for Statistics and Data Analysis, 5.3 (adaptive kernels)
 *
 * @example
 * ```ts
 * kernelSum({ from: 0, step: 1, places: 1 }, [{ value: 0, bandwidth: 1 }])[0]?.toFixed(4); // => "0.3989"
 * ```
 */
export const kernelSum = ({ from, step, places }: Grid, kernels: readonly Kernel[]): Float64Array => {
  const sum = new Float64Array(places);
  for (const { value, bandwidth } of kernels) {
    const first = Math.max(0, Math.ceil((value - reach * bandwidth - from) / step));
    const last = Math.min(places - 1, Math.floor((value + reach * bandwidth - from) / step));
    for (let place = first; place <= last; place++) {
      sum[place] = (sum[place] ?? 0) + normalDensity(from + place * step - value, bandwidth);
    }
  }
  return sum;
};

/** Density of the normal law with mean 0 at a place. */
export const normalDensity = (place: number, sd: number): number =>
  Math.exp(-0.5 * (place / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI));

/**
 * Distance from a value to its k-th nearest neighbour among sorted values, itself not counted: small where values are dense.
 *
 * @param sorted - Ascending, `value` among them.
 * @returns Infinity when there are fewer than `k` others.
 *
 * @example
 * ```ts
 * neighbourDistance([1, 2, 4, 8], 2, 2); // => 2
 * ```
 */
export const neighbourDistance = (sorted: readonly number[], value: number, k: number): number => {
  let left = sorted.indexOf(value);
  let right = left;
  let distance = 0;
  for (let found = 0; found < k; found++) {
    const below = value - (sorted[left - 1] ?? Number.NEGATIVE_INFINITY);
    const above = (sorted[right + 1] ?? Number.POSITIVE_INFINITY) - value;
    distance = Math.min(below, above);
    if (below <= above) left--;
    else right++;
  }
  return distance;
};
