import type { MetricWanted } from "../aws/cloudwatch-metrics.ts";

/** Versions asked for, the latest before the run: one call has room for them, and ten runs publish fewer. */
const mostVersions = 200;

/**
 * Asks how often versions were invoked by their numbers: earlier tuning runs invoke theirs so, and delete them.
 *
 * Numbers are never given twice, so those before the run's own first version are all that there were. What comes by an
 * alias counts under the alias, not under the number.
 *
 * @param functionName - Unqualified.
 * @param ownVersions - Published by the run that asks; none when it published nothing.
 */
export const numberedInvocations = (functionName: string, ownVersions: readonly string[]): readonly MetricWanted[] => {
  if (ownVersions.length === 0) return [];
  const first = Math.min(...ownVersions.map(Number));
  const numbers = Array.from({ length: Math.min(mostVersions, first - 1) }, (_, index) => first - 1 - index);
  return numbers.map((number) => ({
    name: `numbered${number}`,
    namespace: "AWS/Lambda",
    metric: "Invocations",
    dimensions: { FunctionName: functionName, Resource: `${functionName}:${number}` },
    statistic: "Sum",
  }));
};
