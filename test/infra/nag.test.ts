import { Duration, Validations } from "aws-cdk-lib";
import { Vpc } from "aws-cdk-lib/aws-ec2";
import { ManagedPolicy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Code } from "aws-cdk-lib/aws-lambda";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Topic } from "aws-cdk-lib/aws-sns";
import { AwsSolutionsChecks } from "cdk-nag";
import type { Construct, IConstruct } from "constructs";
import { describe, expect, it } from "vitest";
import type { LambdaTunerProps } from "../../infra/lambda-tuner-props.ts";
import { LambdaTunerStack } from "../../infra/stack.ts";
import { newApp, stackWith } from "./support/synthesised.ts";

const everything = (scope: Construct): LambdaTunerProps => ({
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

/** Rules of AwsSolutions that a tree breaks without saying why. */
const violations = (root: IConstruct): readonly string[] =>
  new AwsSolutionsChecks(root)
    .validateScope(root)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );

/** Reasons of the acknowledgements in a tree. */
const reasons = (root: IConstruct): readonly string[] =>
  root.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.values(data as Readonly<Record<string, string>>));

describe("the AwsSolutions rules", () => {
  it.each([
    ["the construct with nothing but its functions", () => stackWith({ functions: ["target"] }).app],
    ["the construct with every setting", () => stackWith(everything).app],
    [
      "the stack with parameters",
      () => new LambdaTunerStack(newApp(), "Stack", { code: () => Code.fromInline("x") }).node.root,
    ],
  ])("hold for %s, and every exception is reasoned in a sentence", (_what, synthesise) => {
    const root = synthesise();
    expect(violations(root)).toEqual([]);
    expect(reasons(root).filter((reason) => !/^[A-Z].{30,}\.$/.test(reason))).toEqual([]);
  });

  it("are broken by a wildcard that nobody gave a reason for", () => {
    const { app, tuner } = stackWith({ functions: ["target"] });
    tuner.functions
      .of("plan")
      .role.addToPrincipalPolicy(
        new PolicyStatement({ actions: ["lambda:GetFunction"], resources: ["arn:aws:lambda:*:*:function:*"] }),
      );
    expect(violations(app)).toHaveLength(1);
  });
});
