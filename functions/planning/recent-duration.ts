import { assumedBasis, type EstimateBasis } from "../../core/planning/estimate-basis.ts";
import type { Target } from "../../core/run/target.ts";
import { cloudWatchClient } from "../aws/clients.ts";
import { readFailure } from "../aws/cloudwatch-errors.ts";
import { type MetricReadings, readMetrics } from "../aws/cloudwatch-metrics.ts";
import { lookBack } from "../observing/look-back.ts";
import { chooseScope, metricScopes, wholeFunction } from "../observing/metric-scopes.ts";
import { durationMetrics, scopeStatistic } from "../observing/wanted-metrics.ts";

/**
 * How long the target's invocations have taken of late, by CloudWatch: what an estimate rests on before anything runs.
 *
 * @param untilMs - End of the look-back, in milliseconds since 1970.
 * @returns The mean at the target's own size; where CloudWatch cannot say, an assumption with the reason. No failure but
 *   an interruption leaves this function.
 */
export const recentDuration = async (
  target: Target,
  lookbackDays: number,
  untilMs: number,
  signal?: AbortSignal,
): Promise<EstimateBasis> => {
  const scopes = metricScopes(target.functionName, target.qualifier);
  try {
    const window = lookBack(untilMs, lookbackDays);
    const readings = await readMetrics(cloudWatchClient(), durationMetrics(scopes), window, signal);
    const counted = scopes.map((scope, index) => ({ scope: { ...scope, index }, ...countedIn(readings, index) }));
    const scope = chooseScope(counted, target.qualifier !== undefined);
    if (scope?.label === wholeFunction) return assumedBasis(notTold);
    const { invocations = 0, totalMs } = counted.find(({ scope: { index } }) => index === scope?.index) ?? {};
    if (scope === undefined || totalMs === undefined || invocations < 1)
      return assumedBasis(whyNot(readings, lookbackDays));
    const { memorySizeMb } = target.original;
    const durationMs = totalMs / invocations;
    return { kind: "production", durationMs, memorySizeMb, invocations, lookbackDays, resource: scope.label };
  } catch (error) {
    signal?.throwIfAborted();
    return assumedBasis(readFailure(error, "cloudwatch:GetMetricData").replace(/\.$/, ""));
  }
};

const countedIn = (
  { values }: MetricReadings,
  index: number,
): { invocations: number; totalMs: number | undefined } => ({
  invocations: values.get(scopeStatistic(index, "sampleCount")) ?? 0,
  totalMs: values.get(scopeStatistic(index, "totalMs")),
});

/** Before the run has published anything, nobody knows which numbers earlier ones had. */
const notTold = "most invocations in CloudWatch are of versions or aliases, and may be those of earlier tuning runs";

const whyNot = ({ forbidden, incomplete }: MetricReadings, lookbackDays: number): string => {
  if (forbidden) return "cloudwatch:GetMetricData is not allowed to this role";
  return incomplete.length > 0
    ? "CloudWatch answered in part only"
    : `CloudWatch has no invocations of the last ${lookbackDays} days`;
};
