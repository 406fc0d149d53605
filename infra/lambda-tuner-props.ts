import type { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { ISecurityGroup, IVpc, SubnetSelection } from "aws-cdk-lib/aws-ec2";
import type { IEventBus } from "aws-cdk-lib/aws-events";
import type { IManagedPolicy } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Bucket, IBucket } from "aws-cdk-lib/aws-s3";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { FunctionCode } from "./functions/function-code.ts";
import type { TuningSchedule } from "./schedules.ts";
import type { AppFunction, FunctionScope, TunableFunction } from "./tunable-functions.ts";

/** Settings of a {@link LambdaTuner}. */
export interface LambdaTunerProps {
  /**
   * Which functions may be tuned: functions of the app, name patterns such as `"api-*"`, tags. Every permission on a
   * target is limited to them. Required: there is no default, and least of all `*`.
   */
  readonly functions: readonly TunableFunction[];

  /** Functions that requests may name as pre- or post-processor: they are invoked, never changed. Default: none. */
  readonly processors?: readonly (AppFunction | string | FunctionScope)[];

  /**
   * S3 object ARNs, wildcards allowed, that requests may name as payloads.
   * Default: `payloads/` in the report bucket.
   */
  readonly payloadObjectArns?: readonly string[];

  /**
   * Name by which the command line finds this tuner: `lambda-tuner tune --installation <name>`. Unique in account and region.
   * Default: `default`.
   */
  readonly installationName?: string;

  /** Runs to start on a schedule. Default: none. */
  readonly schedules?: readonly TuningSchedule[];

  /** Where reports go. Default: a bucket of its own, encrypted, TLS only, versioned, not public. */
  readonly reportBucket?: IBucket | Bucket;

  /** How long reports are kept in the created bucket. Default: for ever. */
  readonly reportRetention?: Duration;

  /** Bucket that receives the server access logs of the created report bucket. Default: none. */
  readonly accessLogBucket?: IBucket;

  /** Encrypts the lock table, the created report bucket, the logs and the dead letters. Default: keys of AWS. */
  readonly encryptionKey?: IKey;

  /** Notified by every alarm, and again when it is over. Default: nobody, the alarms show in the console. */
  readonly alarmTopic?: ITopic;

  /** What runs may spend in one day, in US dollars, before an alarm. Default: 10. */
  readonly dailySpendAlarmUsd?: number;

  /** Bus that "Tuning Run Finished" is announced on. Default: the account's default bus. */
  readonly eventBus?: IEventBus;

  /** Default: no VPC, which suits a tuner: it calls AWS APIs alone. With one, it must reach those APIs. */
  readonly vpc?: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: readonly ISecurityGroup[];

  /** Put on every role. Default: none. */
  readonly permissionsBoundary?: IManagedPolicy;

  /** Default: one month. */
  readonly logRetention?: RetentionDays;

  /**
   * What happens to the report bucket and the lock table when the tuner is deleted.
   * Default: the bucket is retained, the table is deleted.
   */
  readonly removalPolicy?: RemovalPolicy;

  /** Where the functions' code comes from. Default: the bundles in this package. */
  readonly code?: FunctionCode;
}
