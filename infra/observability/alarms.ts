import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, MathExpression, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { tunerMetric } from "./tuner-metric.ts";

/** What is watched, and who is told. */
export interface AlarmsProps {
  readonly installationName: string;
  readonly stateMachine: StateMachine;
  readonly functions: readonly IFunction[];
  readonly cleanUp: IFunction;
  readonly deadLetters: IQueue;
  readonly dailySpendUsd: number;
  readonly topic?: ITopic;
}

interface Watched {
  readonly id: string;
  /** What it means and what to do, for the person who is woken. */
  readonly description: string;
  readonly metric: IMetric;
  /** Alarms above this. Default: 0. */
  readonly above?: number;
}

/** The alarms of a tuner: each says what it means and what to do. */
export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.alarms = watched(props).map(
      ({ id: alarmId, description, metric, above }) =>
        new Alarm(this, alarmId, {
          alarmDescription: description,
          metric,
          threshold: above ?? 0,
          comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
          evaluationPeriods: 1,
          treatMissingData: TreatMissingData.NOT_BREACHING,
        }),
    );
    const { topic } = props;
    if (topic === undefined) return;
    const action = new SnsAction(topic);
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }
}

const watched = (props: AlarmsProps): readonly Watched[] => [
  {
    id: "FailedRuns",
    description:
      "A tuning run failed or timed out. Its execution says why; its target has been cleaned up, or is an alarm of its own.",
    metric: sum(
      [props.stateMachine.metricFailed(fiveMinutes), props.stateMachine.metricTimedOut(fiveMinutes)],
      "Failed runs",
    ),
  },
  {
    id: "Leftovers",
    description:
      "The daily sweep found a target that a run had not put back, and has done so. The log of clean-up says which.",
    metric: tunerMetric("leftoversFound", props.installationName),
  },
  {
    id: "RestoreFailures",
    description:
      "Something of a run is still on its target. The log of clean-up names it and the command that removes it.",
    metric: sum(
      [tunerMetric("restoreFailures", props.installationName), props.cleanUp.metricErrors(fiveMinutes)],
      "Failed clean-ups",
    ),
  },
  {
    id: "Spend",
    description: "Tuning runs have cost more within a day than the stack's setting for daily spend allows.",
    metric: tunerMetric("spendUsd", props.installationName, Duration.days(1)),
    above: props.dailySpendUsd,
  },
  {
    id: "DeadLetters",
    description: "A clean-up or a scheduled run could not be started, even after retries. The queue holds its event.",
    metric: props.deadLetters.metricApproximateNumberOfMessagesVisible({ ...fiveMinutes, statistic: "Maximum" }),
  },
  {
    id: "Throttles",
    description: "The tuner's own functions or executions are throttled: the account's concurrency is used up.",
    metric: sum(
      [
        ...props.functions.map((each) => each.metricThrottles(fiveMinutes)),
        props.stateMachine.metricThrottled(fiveMinutes),
      ],
      "Throttles",
    ),
  },
];

const fiveMinutes = { period: Duration.minutes(5), statistic: "Sum" };

const sum = (metrics: readonly IMetric[], label: string): IMetric =>
  new MathExpression({
    expression: `SUM(METRICS())`,
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
    label,
    period: Duration.minutes(5),
  });
