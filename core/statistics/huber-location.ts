import { medianSorted } from "simple-statistics";

/** Residuals beyond so many scales weigh less; at 1.5, 96 % as efficient as the mean for normal values. */
const tuning = 1.5;

/**
 * Huber's M-estimate of location with a known scale: between mean and median, unmoved by far outliers.
 *
 * By iterated weights from the median. For one or two values it is their mean.
 *
 * @param values - At least 1, in any order.
 * @param scale - Sd of the body of the values; 0 gives the median.
 * @throws RangeError without values.
 * @see {@link https://doi.org/10.1214/aoms/1177703732 | Huber 1964}; R: `MASS::huber(values, k = 1.5)` with `s = scale`
 *
 * @example
 * ```ts
 * huberLocation([1, 2, 3], 1); // => 2
 * ```
 */
export const huberLocation = (values: readonly number[], scale: number): number => {
  if (values.length === 0) throw new RangeError("Expected at least one value, got none.");
  let location = medianSorted(values.toSorted((a, b) => a - b));
  if (!(scale > 0)) return location;
  for (let iteration = 0; iteration < iterations; iteration++) {
    let sum = 0;
    let total = 0;
    for (const value of values) {
      const distance = Math.abs(value - location);
      const weight = distance <= tuning * scale ? 1 : (tuning * scale) / distance;
      sum += weight * value;
      total += weight;
    }
    const next = sum / total;
    if (Math.abs(next - location) < 1e-9 * scale) return next;
    location = next;
  }
  return location;
};

const iterations = 50;
