import { Stack } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { LambdaTunerProps } from "./lambda-tuner-props.ts";
import {
  groupsOf,
  type PermissionResources,
  resourcesOf,
  targetResources,
} from "./permissions/permission-resources.ts";
import { stateMachineName } from "./state-machine/tuning-state-machine.ts";
import { payloadPrefix, reportPrefix } from "./storage/report-bucket.ts";
import { functionScopes, processorScopes } from "./tunable-functions.ts";
import type { TunerFunctions } from "./functions/tuner-functions.ts";

/** The ARNs behind every scope that permissions of a tuner are about, but for the functions of its own. */
export const tunerResources = (
  scope: Construct,
  props: LambdaTunerProps,
  lockTable: Pick<ITable, "tableArn">,
  reportBucket: Pick<IBucket, "arnForObjects" | "encryptionKey">,
  deadLetters: Pick<IQueue, "queueArn">,
): PermissionResources => {
  const stack = Stack.of(scope);
  const { encryptionKey, eventBus, payloadObjectArns, processors = [] } = props;
  const { encryptionKey: reportKey } = reportBucket;
  const defaultBus = `arn:${stack.partition}:events:${stack.region}:${stack.account}:event-bus/default`;
  return {
    ...targetResources(functionScopes(stack, props.functions)),
    processors: groupsOf(processorScopes(stack, processors), ({ allArns }) => allArns),
    payloads: resourcesOf(...(payloadObjectArns ?? [reportBucket.arnForObjects(`${payloadPrefix}*`)])),
    reports: resourcesOf(reportBucket.arnForObjects(`${reportPrefix}*`)),
    queues: resourcesOf(`arn:${stack.partition}:sqs:${stack.region}:${stack.account}:*`),
    "dead-letters": resourcesOf(deadLetters.queueArn),
    executions: resourcesOf(
      `arn:${stack.partition}:states:${stack.region}:${stack.account}:execution:${stateMachineName(props.installationName ?? "default")}:*`,
    ),
    "lock-table": resourcesOf(lockTable.tableArn),
    "event-bus": resourcesOf(eventBus?.eventBusArn ?? defaultBus),
    "encryption-key": resourcesOf(...(encryptionKey === undefined ? [] : [encryptionKey.keyArn])),
    // The key of a bucket that was given; the one made here has the tuner's.
    "report-key": resourcesOf(...(reportKey === undefined || reportKey === encryptionKey ? [] : [reportKey.keyArn])),
    "network-interfaces": resourcesOf("*"),
    "nothing-narrower": resourcesOf("*"),
  };
};

/** The tuner's own functions, which its state machine calls. */
export const ownFunctions = ({ functions }: TunerFunctions): PermissionResources => ({
  "own-functions": resourcesOf(...functions.map(({ functionArn }) => functionArn)),
});
