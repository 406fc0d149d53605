import type { MetricWanted } from "../aws/cloudwatch-metrics.ts";
import type { MetricScope } from "./metric-scopes.ts";

const namespace = "AWS/Lambda";

/** What is read of every scope, by the name it has here: metric and statistic. */
const statistics = {
  invocations: ["Invocations", "Sum"],
  errors: ["Errors", "Sum"],
  throttles: ["Throttles", "Sum"],
  sampleCount: ["Duration", "SampleCount"],
  totalMs: ["Duration", "Sum"],
  maxMs: ["Duration", "Maximum"],
  p50Ms: ["Duration", "p50"],
  p90Ms: ["Duration", "p90"],
  p95Ms: ["Duration", "p95"],
  p99Ms: ["Duration", "p99"],
  p999Ms: ["Duration", "p99.9"],
  maxConcurrentExecutions: ["ConcurrentExecutions", "Maximum"],
  p99ConcurrentExecutions: ["ConcurrentExecutions", "p99"],
  provisionedConcurrencySpillover: ["ProvisionedConcurrencySpilloverInvocations", "Sum"],
  maxIteratorAgeMs: ["IteratorAge", "Maximum"],
} as const;

/** Names of the statistics of a scope. */
export type ScopeStatistic = keyof typeof statistics | "shareUnderTimeoutPercent";

/** The name under which a scope's statistic is read. */
export const scopeStatistic = (scope: number, statistic: ScopeStatistic): string => `${scope}.${statistic}`;

/** The name under which the cold starts of Lambda Insights are read. */
export const coldStartsName = "coldStarts";

/**
 * Everything that can be asked before it is known how many invocations there are.
 *
 * @param scopes - Whose metrics.
 * @param functionName - For Lambda Insights, which has dimensions of its own.
 * @param timeoutMs - The target's timeout: invocations as long as that ended there.
 */
export const firstMetrics = (
  scopes: readonly MetricScope[],
  functionName: string,
  timeoutMs: number,
): readonly MetricWanted[] => [
  ...scopes.flatMap(({ dimensions }, scope) => [
    ...Object.entries(statistics).map(([name, [metric, statistic]]) => ({
      name: `${scope}.${name}`,
      namespace,
      metric,
      dimensions,
      statistic,
    })),
    {
      name: scopeStatistic(scope, "shareUnderTimeoutPercent"),
      namespace,
      metric: "Duration",
      dimensions,
      // A record of a timeout may say a fraction less than the timeout.
      statistic: `PR(:${timeoutMs - 1})`,
    },
  ]),
  {
    name: coldStartsName,
    // Only functions with the Insights extension have it, and only their cold starts carry an init duration.
    namespace: "LambdaInsights",
    metric: "init_duration",
    dimensions: { function_name: functionName },
    statistic: "SampleCount",
  },
];

/** What the mean duration of every scope is made from. */
export const durationMetrics = (scopes: readonly MetricScope[]): readonly MetricWanted[] =>
  scopes.flatMap(({ dimensions }, scope) =>
    (["sampleCount", "totalMs"] as const).map((name) => {
      const [metric, statistic] = statistics[name];
      return { name: scopeStatistic(scope, name), namespace, metric, dimensions, statistic };
    }),
  );

/** The name under which the duration at a rank is read. */
export const rankName = (rank: number): string => `rank${rank}`;

/**
 * The slowest invocations by rank, as percentiles.
 *
 * The k-th slowest of n is asked for as percentile 100 (1 - (k - 1) / n), which is it for percentiles that are order
 * statistics and for those that interpolate, and is the maximum for k = 1.
 *
 * @param ranks - From the top, 1 or more.
 * @param n - Invocations behind the percentiles.
 */
export const tailMetrics = (
  { dimensions }: MetricScope,
  ranks: readonly number[],
  n: number,
): readonly MetricWanted[] =>
  ranks.map((rank) => ({
    name: rankName(rank),
    namespace,
    metric: "Duration",
    dimensions,
    statistic: rank === 1 ? "Maximum" : `p${percentileText(100 * (1 - (rank - 1) / n))}`,
  }));

/** CloudWatch takes up to ten decimals. Rounded up, never down: a slower invocation still bounds. */
const percentileText = (percentile: number): string => {
  const rounded = Math.min(100, Math.ceil(percentile * 1e8 - 1e-3) / 1e8);
  return String(Number(rounded.toFixed(8)));
};
