import type { Permission } from "./permission.ts";

/** The state machine calls the functions, keeps the lock, stores the report and announces it. */
export const stateMachinePermissions: readonly Permission[] = [
  {
    sid: "CallOwnFunctions",
    why: "Calls the tuner's own functions, by their exact ARNs.",
    actions: ["lambda:InvokeFunction"],
    on: "own-functions",
  },
  {
    sid: "HoldLock",
    why: "Takes, reads and releases the lock that keeps two runs off one target.",
    actions: ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:DeleteItem"],
    on: "lock-table",
  },
  {
    sid: "StoreReport",
    why: "Stores the report, under the prefix of reports and no other.",
    actions: ["s3:PutObject"],
    on: "reports",
  },
  {
    sid: "AnnounceRun",
    why: "Announces that a run has finished.",
    actions: ["events:PutEvents"],
    on: "event-bus",
  },
  {
    sid: "WriteOwnLog",
    why: "Writes the execution log, to its own log group and no other.",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    on: "own-log-group",
  },
  {
    sid: "DeliverLogs",
    why: "Step Functions sets up the delivery of the execution log with these calls. CloudWatch Logs grants them for the whole account only.",
    actions: [
      "logs:CreateLogDelivery",
      "logs:GetLogDelivery",
      "logs:UpdateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:DescribeResourcePolicies",
      "logs:DescribeLogGroups",
    ],
    on: "nothing-narrower",
  },
  {
    sid: "SendTraces",
    why: "Sends the execution's traces. X-Ray grants it for the whole account only.",
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
    on: "nothing-narrower",
  },
];
