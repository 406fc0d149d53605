import { Duration } from "aws-cdk-lib";
import { Vpc } from "aws-cdk-lib/aws-ec2";
import { ManagedPolicy } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { LambdaTunerProps } from "../../../infra/lambda-tuner-props.ts";

/** A tuner with every setting that there is. */
export const everySetting = (scope: Construct): LambdaTunerProps => ({
  functions: ["target", "api-*", { tagKey: "tune", tagValue: "yes" }],
  processors: ["processor"],
  installationName: "everything",
  encryptionKey: new Key(scope, "Key", { enableKeyRotation: true }),
  accessLogBucket: Bucket.fromBucketName(scope, "AccessLogs", "access-logs"),
  alarmTopic: Topic.fromTopicArn(scope, "Topic", "arn:aws:sns:us-east-1:123456789012:alarms"),
  permissionsBoundary: ManagedPolicy.fromManagedPolicyName(scope, "Boundary", "boundary"),
  vpc: Vpc.fromVpcAttributes(scope, "Vpc", {
    vpcId: "vpc-0123456789abcdef0",
    availabilityZones: ["us-east-1a"],
    privateSubnetIds: ["subnet-0123456789abcdef0"],
  }),
  reportRetention: Duration.days(400),
  logRetention: RetentionDays.SIX_MONTHS,
  schedules: [{ target: "target", cadence: ScheduleExpression.rate(Duration.days(7)) }],
});
