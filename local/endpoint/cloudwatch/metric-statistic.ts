import { ApiError } from "../http/api-error.ts";
import type { MetricPoint } from "./metric-store.ts";

/**
 * One statistic of the observations of a period.
 *
 * @param points - At least one.
 * @param statistic - `SampleCount`, `Sum`, `Average`, `Minimum`, `Maximum`, a percentile (`p99.9`) or a percentile
 * rank (`PR(:300)`, in percent).
 * @throws {@link ApiError} `ValidationError` naming a statistic that the endpoint does not have.
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html}
 */
export const metricStatistic = (points: readonly MetricPoint[], statistic: string): number => {
  const percentile = /^p(\d{1,3}(?:\.\d+)?)$/.exec(statistic)?.[1];
  if (percentile !== undefined) return percentileOf(points, Number(percentile));
  const rank = /^PR\((?<over>[\d.]*):(?<upTo>[\d.]*)\)$/.exec(statistic)?.groups;
  if (rank !== undefined) return percentileRank(points, rank["over"] ?? "", rank["upTo"] ?? "");
  switch (statistic) {
    case "SampleCount":
      return sampleCount(points);
    case "Sum":
      return sum(points);
    case "Average":
      return sum(points) / sampleCount(points);
    case "Minimum":
      return points.reduce((least, { value }) => Math.min(least, value), Number.POSITIVE_INFINITY);
    case "Maximum":
      return points.reduce((most, { value }) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    default:
      throw new ApiError(
        400,
        "ValidationError",
        `The local endpoint has no statistic ${statistic}: use SampleCount, Sum, Average, Minimum, Maximum, pNN or PR(a:b).`,
      );
  }
};

const sampleCount = (points: readonly MetricPoint[]): number => points.reduce((all, { count }) => all + count, 0);

const sum = (points: readonly MetricPoint[]): number =>
  points.reduce((all, { value, count }) => all + value * count, 0);

/** The smallest observation that at least `percent` of all observations do not exceed. */
const percentileOf = (points: readonly MetricPoint[], percent: number): number => {
  const sorted = points.toSorted((a, b) => a.value - b.value);
  // Without the small subtraction, rounding in `percent / 100` can ask for one observation too many.
  const wanted = (percent / 100) * sampleCount(points) - 1e-9;
  let seen = 0;
  for (const { value, count } of sorted) {
    seen += count;
    if (seen >= wanted) return value;
  }
  return sorted.at(-1)?.value ?? Number.NaN;
};

/** Share of observations above `over` and up to `upTo`, in percent; an empty bound is none. */
const percentileRank = (points: readonly MetricPoint[], over: string, upTo: string): number => {
  const inside = points.filter(
    ({ value }) => (over === "" || value > Number(over)) && (upTo === "" || value <= Number(upTo)),
  );
  return (100 * sampleCount(inside)) / sampleCount(points);
};
