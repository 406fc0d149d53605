import { Random } from "./random.ts";

const resamples = 1000;

/**
 * Percentile interval of a weighted mean, drawing whole groups again: runs of one group are not independent.
 *
 * @returns The 2.5th and 97.5th percentile.
 */
export const groupBootstrap = (
  values: readonly { readonly group: string; readonly weight: number; readonly value: number }[],
  seed: number,
): { lower: number; upper: number } => {
  const groups = [...Map.groupBy(values, ({ group }) => group).values()].map((members) => ({
    weight: members.reduce((sum, { weight }) => sum + weight, 0),
    sum: members.reduce((sum, { weight, value }) => sum + weight * value, 0),
  }));
  const random = new Random(seed, 71);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    let weight = 0;
    for (let draw = 0; draw < groups.length; draw++) {
      const group = random.pick(groups);
      sum += group.sum;
      weight += group.weight;
    }
    return sum / weight;
  }).sort((a, b) => a - b);
  return { lower: means[Math.floor(0.025 * resamples)] ?? 0, upper: means[Math.floor(0.975 * resamples)] ?? 0 };
};
