import { Aws, type CfnCondition, type CfnParameter, Fn } from "aws-cdk-lib";
import type { CfnAlarm } from "aws-cdk-lib/aws-cloudwatch";
import type { CfnRole } from "aws-cdk-lib/aws-iam";
import type { CfnLogGroup } from "aws-cdk-lib/aws-logs";
import type { LambdaTuner } from "../lambda-tuner.ts";
import type { StackParameters } from "./stack-parameters.ts";

/** Puts the permissions boundary on every role, if the parameters name one. */
export const applyPermissionsBoundary = (tuner: LambdaTuner, parameters: StackParameters): void => {
  const { permissionsBoundaryArn, isGiven } = parameters;
  const boundary = orNothing(isGiven(permissionsBoundaryArn), permissionsBoundaryArn);
  for (const { role } of [...tuner.functions.all, tuner.machine]) {
    (role.node.defaultChild as CfnRole).permissionsBoundary = boundary;
  }
};

/** Lets every alarm notify the topic, if the parameters name one. */
export const applyAlarmTopic = ({ alarms }: LambdaTuner, { alarmTopicArn, isGiven }: StackParameters): void => {
  const topic = orNothing(isGiven(alarmTopicArn), alarmTopicArn);
  for (const alarm of alarms.alarms) {
    const resource = alarm.node.defaultChild as CfnAlarm;
    // A list entry that is no value is left out.
    resource.alarmActions = [topic];
    resource.okActions = [topic];
  }
};

/** Keeps every log as long as the parameter says. */
export const applyLogRetention = (tuner: LambdaTuner, { logRetentionDays }: StackParameters): void => {
  for (const { logGroup } of [...tuner.functions.all, tuner.machine]) {
    (logGroup.node.defaultChild as CfnLogGroup).retentionInDays = logRetentionDays.valueAsNumber;
  }
};

const orNothing = (isGiven: CfnCondition, parameter: CfnParameter): string =>
  Fn.conditionIf(isGiven.logicalId, parameter.valueAsString, Aws.NO_VALUE).toString();
