import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { Bucket, IBucket } from "aws-cdk-lib/aws-s3";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { toolVersion } from "../core/tool-version.ts";
import { Alarms } from "./observability/alarms.ts";
import { checkProps } from "./check-props.ts";
import { keepFailedCleanUps } from "./clean-up/async-clean-up.ts";
import { createCleanUpTriggers } from "./clean-up/clean-up-triggers.ts";
import { createDeadLetters } from "./clean-up/dead-letters.ts";
import { allowServicesToUse } from "./storage/encryption-key.ts";
import { functionNames, pascalCase } from "./functions/function-names.ts";
import { createInstallationParameter } from "./installation-parameter.ts";
import type { LambdaTunerProps } from "./lambda-tuner-props.ts";
import { createLockTable } from "./storage/lock-table.ts";
import { createReportBucket } from "./storage/report-bucket.ts";
import { createSchedules } from "./schedules.ts";
import { TuningStateMachine } from "./state-machine/tuning-state-machine.ts";
import { readStateMachineDefinition } from "./state-machine/state-machine-definition.ts";
import { createTunerDashboard } from "./observability/tuner-dashboard.ts";
import { TunerFunctions } from "./functions/tuner-functions.ts";
import { ownFunctions, tunerResources } from "./tuner-resources.ts";

/**
 * lambda-tuner in an account: the state machine, its functions with one role each, and what watches and cleans up.
 *
 * @example
 * ```ts
 * new LambdaTuner(stack, "Tuner", { functions: [thumbnails, "api-*", { tagKey: "tune", tagValue: "yes" }] });
 * ```
 */
export class LambdaTuner extends Construct {
  readonly stateMachine: StateMachine;
  readonly reportBucket: IBucket | Bucket;
  readonly lockTable: Table;
  readonly deadLetters: IQueue;
  readonly functions: TunerFunctions;
  readonly machine: TuningStateMachine;
  readonly alarms: Alarms;
  readonly installationName: string;

  constructor(scope: Construct, id: string, props: LambdaTunerProps) {
    super(scope, id);
    checkProps(props);
    const installationName = props.installationName ?? "default";
    this.installationName = installationName;
    if (props.encryptionKey !== undefined) allowServicesToUse(props.encryptionKey);
    this.lockTable = createLockTable(this, props);
    this.reportBucket = props.reportBucket ?? createReportBucket(this, props);
    this.deadLetters = createDeadLetters(this, props);
    const definition = readStateMachineDefinition();
    const resources = tunerResources(this, props, this.lockTable, this.reportBucket, this.deadLetters);
    this.functions = new TunerFunctions(this, "Functions", {
      tuner: props,
      resources,
      installationName,
      lockTableName: this.lockTable.tableName,
      timeoutSeconds: definition.timeoutSeconds,
    });
    this.machine = new TuningStateMachine(this, "Machine", {
      tuner: props,
      resources: { ...resources, ...ownFunctions(this.functions) },
      definition: definition.text,
      substitutions: this.substitutions(props),
      installationName,
    });
    this.stateMachine = this.machine.stateMachine;
    this.alarms = this.watch(props);
    this.start(props);
  }

  /** What the placeholders of `statemachine/tuning.asl.json` stand for. */
  private substitutions({ eventBus }: LambdaTunerProps): Record<string, string> {
    return {
      ...Object.fromEntries(
        functionNames.map((name) => [`${pascalCase(name)}FunctionArn`, this.functions.of(name).function.functionArn]),
      ),
      LockTableName: this.lockTable.tableName,
      ReportBucketName: this.reportBucket.bucketName,
      EventBusName: eventBus?.eventBusName ?? "default",
    };
  }

  private watch({ alarmTopic, dailySpendAlarmUsd }: LambdaTunerProps): Alarms {
    const { installationName, stateMachine, functions } = this;
    const alarms = new Alarms(this, "Alarms", {
      installationName,
      stateMachine,
      functions: functions.functions,
      cleanUp: functions.of("clean-up").function,
      deadLetters: this.deadLetters,
      dailySpendUsd: dailySpendAlarmUsd ?? 10,
      ...(alarmTopic === undefined ? {} : { topic: alarmTopic }),
    });
    createTunerDashboard(this, {
      installationName,
      stateMachine,
      functions: functions.functions,
      logGroups: functions.all.map(({ logGroup }) => logGroup),
      alarms: alarms.alarms,
    });
    return alarms;
  }

  /** Everything that calls the tuner, and the place where the command line finds it. */
  private start(props: LambdaTunerProps): void {
    const { stateMachine, deadLetters } = this;
    const cleanUp = this.functions.of("clean-up").function;
    keepFailedCleanUps(cleanUp, deadLetters);
    createCleanUpTriggers(this, { stateMachine, cleanUp, deadLetters });
    const { schedules = [] } = props;
    if (schedules.length > 0) createSchedules(this, { schedules, stateMachine, deadLetters, tuner: props });
    createInstallationParameter(this, this.installationName, {
      version: toolVersion,
      stateMachineArn: stateMachine.stateMachineArn,
      reportBucketName: this.reportBucket.bucketName,
      cleanUpFunctionArn: cleanUp.functionArn,
      lockTableName: this.lockTable.tableName,
    });
  }
}
