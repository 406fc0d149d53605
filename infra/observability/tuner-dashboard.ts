import { Duration } from "aws-cdk-lib";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  LogQueryWidget,
  MathExpression,
  SingleValueWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import { tunerMetrics, tunerMetricsNamespace } from "../../core/run/tuner-metrics.ts";
import { serviceName, tunerMetric } from "./tuner-metric.ts";

/** What the dashboard shows. */
export interface TunerDashboardProps {
  readonly installationName: string;
  readonly stateMachine: StateMachine;
  readonly functions: readonly IFunction[];
  readonly logGroups: readonly ILogGroup[];
  readonly alarms: readonly Alarm[];
}

/** One page: alarms, runs and money first, then recommendations, then the tuner's own health. */
export const createTunerDashboard = (scope: Construct, props: TunerDashboardProps): Dashboard =>
  new Dashboard(scope, "Dashboard", {
    dashboardName: serviceName(props.installationName),
    defaultInterval: Duration.days(14),
    widgets: [
      [new AlarmStatusWidget({ title: "Alarms", alarms: [...props.alarms], width: 24, height: 3 })],
      [runsWidget(props), moneyWidget(props), totalsWidget(props)],
      [recommendationsWidget(props), targetInvocationsWidget(props)],
      [functionErrorsWidget(props), failuresWidget(props)],
    ],
  });

const runsWidget = ({ stateMachine }: TunerDashboardProps): GraphWidget =>
  new GraphWidget({
    title: "Runs",
    width: 8,
    stacked: true,
    left: [
      stateMachine.metricSucceeded({ label: "succeeded" }),
      stateMachine.metricFailed({ label: "failed" }),
      stateMachine.metricAborted({ label: "stopped" }),
      stateMachine.metricTimedOut({ label: "timed out" }),
    ],
  });

const moneyWidget = ({ installationName }: TunerDashboardProps): GraphWidget =>
  new GraphWidget({
    title: "Spent, and found to save a month (USD)",
    width: 8,
    left: [
      tunerMetric("spendUsd", installationName, Duration.days(1)).with({ label: "spent by runs" }),
      tunerMetric("estimatedMonthlySavingsUsd", installationName, Duration.days(1)).with({ label: "savings a month" }),
    ],
  });

const totalsWidget = ({ installationName }: TunerDashboardProps): SingleValueWidget =>
  new SingleValueWidget({
    title: "In the time shown",
    width: 8,
    setPeriodToTimeRange: true,
    metrics: [
      tunerMetric("runsFinished", installationName).with({ label: "runs with a report" }),
      tunerMetric("leftoversFound", installationName).with({ label: "found by the sweep" }),
      tunerMetric("restoreFailures", installationName).with({ label: "failed clean-ups" }),
    ],
  });

const recommendationsWidget = ({ installationName }: TunerDashboardProps): GraphWidget =>
  new GraphWidget({
    title: "Recommended memory by function (MB)",
    width: 12,
    left: [byTarget(tunerMetrics.recommendedMemoryMb, installationName)],
  });

/** A search, since targets come and go: one line for each that was tuned. */
const byTarget = (metricName: string, installationName: string): IMetric =>
  new MathExpression({
    expression: `SEARCH('{${tunerMetricsNamespace},functionName,service} MetricName="${metricName}" service="${serviceName(installationName)}"', 'Average', 86400)`,
    usingMetrics: {},
    label: "",
    period: Duration.days(1),
  });

const targetInvocationsWidget = ({ installationName }: TunerDashboardProps): GraphWidget =>
  new GraphWidget({
    title: "Invocations of targets",
    width: 12,
    left: [
      tunerMetric("targetInvocations", installationName).with({ label: "sent" }),
      tunerMetric("failedInvocations", installationName).with({ label: "failed" }),
    ],
  });

const functionErrorsWidget = ({ functions }: TunerDashboardProps): GraphWidget =>
  new GraphWidget({
    title: "Errors and throttles of the tuner's own functions",
    width: 12,
    left: functions.map((each) => each.metricErrors()),
    right: functions.map((each) => each.metricThrottles()),
  });

const failuresWidget = ({ logGroups }: TunerDashboardProps): LogQueryWidget =>
  new LogQueryWidget({
    title: "Failures, latest first",
    width: 12,
    logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
    queryLines: [
      "fields @timestamp, correlation_id, function, error.name, error.message",
      'filter level = "ERROR"',
      "sort @timestamp desc",
      "limit 50",
    ],
  });
