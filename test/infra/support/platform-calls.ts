import { functionNames } from "../../../infra/functions/function-names.ts";
import type { Call } from "./policies.ts";

const place = "us-east-1:123456789012";
const logStream = (role: string): string => `arn:aws:logs:${place}:log-group:lambda-tuner-${role}:log-stream:2026/01`;
const deadLetters = `arn:aws:sqs:${place}:lambda-tuner-dead-letters`;

/** The key of a tuner that encrypts with one of its own. */
export const keyArn = `arn:aws:kms:${place}:key/11111111-2222-3333-4444-555555555555`;

/**
 * What AWS's services do in the name of a role: no client of ours calls it, so no record of a run has it.
 *
 * From the documentation of the services, since nothing here can show it: what a page there says a role needs.
 */
export const platformCalls: readonly Call[] = [
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html, .../services-xray.html
  ...functionNames.flatMap((role) => [
    ...["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => ({ role, action, resource: logStream(role) })),
    ...["xray:PutTraceSegments", "xray:PutTelemetryRecords"].map((action) => ({ role, action, resource: "*" })),
  ]),
  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
  { role: "clean-up", action: "sqs:SendMessage", resource: deadLetters },
  // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
  ...["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => ({
    role: "state-machine",
    action,
    resource: logStream("state-machine"),
  })),
  ...[
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
    // https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
  ].map((action) => ({ role: "state-machine", action, resource: "*" })),
];

const networkActions = [
  ["ec2:CreateNetworkInterface", "network-interface/eni-0123456789abcdef0"],
  ["ec2:DescribeNetworkInterfaces", "*"],
  ["ec2:DescribeSubnets", "*"],
  ["ec2:DeleteNetworkInterface", "network-interface/eni-0123456789abcdef0"],
  ["ec2:AssignPrivateIpAddresses", "network-interface/eni-0123456789abcdef0"],
  ["ec2:UnassignPrivateIpAddresses", "network-interface/eni-0123456789abcdef0"],
] as const;

/** In a VPC. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const networkCalls: readonly Call[] = functionNames.flatMap((role) =>
  networkActions.map(([action, resource]) => ({
    role,
    action,
    resource: resource === "*" ? resource : `arn:aws:ec2:${place}:${resource}`,
  })),
);

const keyCalls = (role: string, service: string, ...actions: readonly string[]): readonly Call[] =>
  actions.map((action) => ({
    role,
    action,
    resource: keyArn,
    context: { "kms:ViaService": `${service}.us-east-1.amazonaws.com` },
  }));

/**
 * With a key. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html,
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export const encryptionCalls: readonly Call[] = [
  ...keyCalls("plan", "s3", "kms:Decrypt"),
  ...keyCalls("provision", "dynamodb", "kms:Decrypt"),
  ...keyCalls("measure", "s3", "kms:Decrypt"),
  ...keyCalls("clean-up", "dynamodb", "kms:Decrypt"),
  ...keyCalls("clean-up", "sqs", "kms:Decrypt", "kms:GenerateDataKey"),
  ...keyCalls("state-machine", "dynamodb", "kms:Decrypt"),
  ...keyCalls("state-machine", "s3", "kms:GenerateDataKey"),
];

/** With schedules. https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
export const schedulerCalls: readonly Call[] = [
  { role: "scheduler", action: "states:StartExecution", resource: `arn:aws:states:${place}:stateMachine:lambda-tuner` },
  { role: "scheduler", action: "sqs:SendMessage", resource: deadLetters },
  ...keyCalls("scheduler", "sqs", "kms:Decrypt", "kms:GenerateDataKey"),
];
