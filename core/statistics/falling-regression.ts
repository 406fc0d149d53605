/** A value and how much it weighs beside the others: the inverse of its variance. */
export interface WeightedValue {
  readonly value: number;
  readonly weight: number;
}

/**
 * Isotonic regression, non-increasing: of all sequences that never rise, the one nearest to the values by weighted least
 * squares, by pooling adjacent violators.
 *
 * @param values - In their order; weights above 0.
 * @returns As many levels as values.
 * @see Barlow, Bartholomew, Bremner and Brunk 1972, Statistical Inference under Order Restrictions; R: `-isoreg(-y)$yf` for
 * equal weights
 *
 * @example
 * ```ts
 * fallingRegression([3, 1, 2].map((value) => ({ value, weight: 1 }))); // => [3, 1.5, 1.5]
 * ```
 */
export const fallingRegression = (values: readonly WeightedValue[]): number[] => {
  const blocks: { sum: number; weight: number; count: number }[] = [];
  for (const { value, weight } of values) {
    let block = { sum: weight * value, weight, count: 1 };
    for (let before = blocks.at(-1); before !== undefined && levelOf(before) < levelOf(block); before = blocks.at(-1)) {
      block = {
        sum: before.sum + block.sum,
        weight: before.weight + block.weight,
        count: before.count + block.count,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap((block) => Array.from({ length: block.count }, () => levelOf(block)));
};

const levelOf = ({ sum, weight }: { readonly sum: number; readonly weight: number }): number => sum / weight;
