import { Duration } from "aws-cdk-lib";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { tunerMetrics, tunerMetricsNamespace } from "../../core/run/tuner-metrics.ts";

/** Name of the service in logs, traces and metrics: the installations of one account are told apart by it. */
export const serviceName = (installationName: string): string => `lambda-tuner-${installationName}`;

/** One of the metrics that the tuner publishes about itself, summed over five minutes. */
export const tunerMetric = (name: keyof typeof tunerMetrics, installationName: string, period?: Duration): Metric =>
  new Metric({
    namespace: tunerMetricsNamespace,
    metricName: tunerMetrics[name],
    dimensionsMap: { service: serviceName(installationName) },
    statistic: Stats.SUM,
    period: period ?? Duration.minutes(5),
  });
