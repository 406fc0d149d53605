import type { Flag } from "../../flags/flag.ts";

/** A setting of the stack: a flag, and the parameter of the template that it sets. */
export interface StackFlag extends Flag {
  readonly parameter: string;
  /** Whether the value lists functions: names become ARNs of the account and region. */
  readonly listsFunctions?: boolean;
}

/** Settings of the deployed stack; `infra/parameters/stack-parameters.ts` declares the parameters. */
export const stackFlags: readonly StackFlag[] = [
  {
    flags: "--functions <names>",
    description: "functions that may be tuned: names or ARNs, separated by commas; * and ? stand for other characters",
    parameter: "TunableFunctionArns",
    listsFunctions: true,
  },
  {
    flags: "--tag-value <value>",
    description: "functions that may be tuned: those whose tag lambda-tuner has this value",
    parameter: "TunableTagValue",
  },
  {
    flags: "--processors <names>",
    description: "functions that requests may name as pre- or post-processor",
    parameter: "ProcessorFunctionArns",
    listsFunctions: true,
  },
  {
    flags: "--report-bucket <name>",
    description: "bucket for reports (default: a new one)",
    parameter: "ReportBucketName",
  },
  {
    flags: "--kms-key <arn>",
    description: "key that encrypts locks, reports, logs and dead letters",
    parameter: "KmsKeyArn",
  },
  { flags: "--alarm-topic <arn>", description: "SNS topic that alarms notify", parameter: "AlarmTopicArn" },
  {
    flags: "--daily-spend-alarm-usd <usd>",
    description: "what runs may cost in a day before an alarm (default: 10)",
    parameter: "DailySpendAlarmUsd",
  },
  {
    flags: "--permissions-boundary <arn>",
    description: "managed policy put on every role as its boundary",
    parameter: "PermissionsBoundaryArn",
  },
  { flags: "--subnets <ids>", description: "subnets of the functions, separated by commas", parameter: "SubnetIds" },
  { flags: "--security-groups <ids>", description: "security groups, with --subnets", parameter: "SecurityGroupIds" },
  {
    flags: "--log-retention-days <days>",
    description: "how long logs are kept (default: 30)",
    parameter: "LogRetentionDays",
  },
];

/** Shows the command instead of running it. */
export const dryRunFlag: Flag = {
  flags: "--dry-run",
  description: "print the command that would run, and run nothing",
};
