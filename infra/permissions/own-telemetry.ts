import type { Permission } from "./permission.ts";

/** What every function of ours does besides its work. */
export const ownTelemetryPermissions: readonly Permission[] = [
  {
    sid: "WriteOwnLog",
    why: "Writes this function's log, to its own log group and no other.",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    on: "own-log-group",
  },
  {
    sid: "SendTraces",
    why: "Sends this function's traces. X-Ray grants it for the whole account only.",
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    on: "nothing-narrower",
  },
];

/** What a function in a VPC needs besides. */
export const networkPermissions: readonly Permission[] = [
  {
    sid: "AttachToVpc",
    why: "Lambda attaches this function to the VPC in its name. Only Lambda may: the condition denies it to the function's code. The interfaces have no names beforehand, and a shared subnet belongs to another account.",
    actions: [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DeleteNetworkInterface",
      "ec2:AssignPrivateIpAddresses",
      "ec2:UnassignPrivateIpAddresses",
    ],
    on: "network-interfaces",
    // Lambda sets this key on the calls of a function's code, and on none of its own.
    conditions: { Null: { "lambda:SourceFunctionArn": "true" } },
  },
];
