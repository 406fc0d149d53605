/** A percentile of duration: 50 is the median, 100 the maximum. */
export interface KnownPercentile {
  readonly percentile: number;
  readonly durationMs: number;
}

/** Enough for the slowest of a few million invocations to be told apart. */
const mostDurations = 20_000;

/**
 * Durations that stand for equal shares of invocations and have the percentiles given.
 *
 * Between two percentiles the logarithm of duration is linear in that of the share of invocations that take longer, as
 * along the tail of a Pareto law; below the lowest one all take as long as it.
 *
 * @param known - Ascending in percentile, the last of them 100: the maximum.
 * @param invocations - 1 or more.
 */
export const durationsOfPercentiles = (known: readonly KnownPercentile[], invocations: number): number[] => {
  const count = Math.min(invocations, mostDurations);
  const anchors = known.map(({ percentile, durationMs }) => ({
    // The slowest of so many durations stands for the maximum.
    beyond: Math.max((100 - percentile) / 100, 0.5 / count),
    durationMs,
  }));
  return Array.from({ length: count }, (_, index) => durationAt(anchors, 1 - (index + 0.5) / count));
};

const durationAt = (
  anchors: readonly { readonly beyond: number; readonly durationMs: number }[],
  beyond: number,
): number => {
  const slower = anchors.find((anchor) => anchor.beyond <= beyond * (1 + 1e-9)) ?? anchors.at(-1);
  const faster = anchors.findLast((anchor) => anchor.beyond > beyond * (1 + 1e-9));
  if (slower === undefined) return Number.NaN;
  if (faster === undefined || slower.durationMs <= 0 || faster.durationMs <= 0) return slower.durationMs;
  const way = Math.log(beyond / faster.beyond) / Math.log(slower.beyond / faster.beyond);
  // As many decimals as Lambda gives, and some.
  return Number((faster.durationMs * (slower.durationMs / faster.durationMs) ** Math.min(1, way)).toFixed(4));
};
