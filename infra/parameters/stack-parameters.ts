import {
  CfnCondition,
  CfnParameter,
  type CfnParameterProps,
  CfnRule,
  Fn,
  type ICfnConditionExpression,
  type Stack,
} from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";

/** Functions with this tag may be tuned, in stacks that say with which value. A template cannot take a key as a parameter. */
export const tunableTagKey = "lambda-tuner";

/** The settings of the deployable stack, and the conditions that follow from which are given. */
export interface StackParameters {
  readonly tunableFunctionArns: CfnParameter;
  readonly tunableTagValue: CfnParameter;
  readonly processorFunctionArns: CfnParameter;
  readonly installationName: CfnParameter;
  readonly reportBucketName: CfnParameter;
  readonly kmsKeyArn: CfnParameter;
  readonly alarmTopicArn: CfnParameter;
  readonly dailySpendAlarmUsd: CfnParameter;
  readonly permissionsBoundaryArn: CfnParameter;
  readonly subnetIds: CfnParameter;
  readonly securityGroupIds: CfnParameter;
  readonly logRetentionDays: CfnParameter;
  /** Whether a parameter is given. */
  readonly isGiven: (parameter: CfnParameter) => CfnCondition;
}

/** Declares the parameters, in the groups that the console shows. */
export const declareParameters = (stack: Stack): StackParameters => {
  const text = (id: string, description: string, rest: CfnParameterProps = {}) =>
    new CfnParameter(stack, id, { type: "String", default: "", description, ...rest });
  const declared = {
    tunableFunctionArns: text(
      "TunableFunctionArns",
      "Functions that may be tuned: unqualified ARNs, * and ? allowed in their names, separated by commas without spaces.",
      functionArnsOrNothing,
    ),
    tunableTagValue: text(
      "TunableTagValue",
      `Functions that may be tuned, by tag: those whose tag ${tunableTagKey} has this value. Empty: tags allow nothing.`,
    ),
    processorFunctionArns: text(
      "ProcessorFunctionArns",
      "Functions that requests may name as pre- or post-processor: ARNs separated by commas without spaces.",
      functionArnsOrNothing,
    ),
    installationName: new CfnParameter(stack, "InstallationName", {
      type: "String",
      default: "default",
      allowedPattern: "^[A-Za-z0-9_-]{1,40}$",
      description: "Name by which the command line finds this tuner. Unique in account and region.",
    }),
    reportBucketName: text(
      "ReportBucketName",
      "Bucket that reports go to. Empty: the stack makes one, and keeps it when deleted.",
    ),
    kmsKeyArn: text("KmsKeyArn", "Key that encrypts lock table, reports, logs and dead letters. Empty: keys of AWS."),
    alarmTopicArn: text("AlarmTopicArn", "SNS topic that alarms notify. Empty: none."),
    dailySpendAlarmUsd: new CfnParameter(stack, "DailySpendAlarmUsd", {
      type: "Number",
      default: 10,
      minValue: 0,
      description: "What runs may spend in one day, in US dollars, before an alarm.",
    }),
    permissionsBoundaryArn: text(
      "PermissionsBoundaryArn",
      "Managed policy put on every role as its boundary. Empty: none.",
    ),
    subnetIds: text(
      "SubnetIds",
      "Subnets of the functions, separated by commas. They must reach the AWS APIs. Empty: no VPC.",
    ),
    securityGroupIds: text("SecurityGroupIds", "Security groups of the functions, with SubnetIds."),
    logRetentionDays: new CfnParameter(stack, "LogRetentionDays", {
      type: "Number",
      default: 30,
      allowedValues: logRetentions,
      description: "How long logs are kept.",
    }),
  };
  addRules(stack, declared);
  describeGroups(stack, declared);
  return { ...declared, isGiven: conditions(stack) };
};

const functionArn = "arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_*?-]+";

const functionArnsOrNothing = {
  allowedPattern: `^$|^${functionArn}(,${functionArn})*$`,
  constraintDescription: "Unqualified function ARNs, separated by commas without spaces.",
};

const logRetentions = Object.values(RetentionDays).flatMap((days) =>
  typeof days === "number" && days !== RetentionDays.INFINITE ? [String(days)] : [],
);

type Declared = Omit<StackParameters, "isGiven">;

/** What no single parameter can say. */
const addRules = (stack: Stack, declared: Declared): readonly CfnRule[] => {
  const isEmpty = (parameter: CfnParameter) => Fn.conditionEquals(parameter.valueAsString, "");
  const { tunableFunctionArns, tunableTagValue, subnetIds, securityGroupIds } = declared;
  const rule = (id: string, assert: ICfnConditionExpression, assertDescription: string): CfnRule =>
    new CfnRule(stack, id, { assertions: [{ assert, assertDescription }] });
  return [
    rule(
      "SomethingMayBeTuned",
      Fn.conditionNot(Fn.conditionAnd(isEmpty(tunableFunctionArns), isEmpty(tunableTagValue))),
      "Give TunableFunctionArns, TunableTagValue or both: nothing may be tuned by default.",
    ),
    rule(
      "NetworkIsWhole",
      Fn.conditionOr(
        Fn.conditionAnd(isEmpty(subnetIds), isEmpty(securityGroupIds)),
        Fn.conditionAnd(Fn.conditionNot(isEmpty(subnetIds)), Fn.conditionNot(isEmpty(securityGroupIds))),
      ),
      "Give SubnetIds and SecurityGroupIds together, or neither.",
    ),
  ];
};

const conditions = (stack: Stack): StackParameters["isGiven"] => {
  const known = new Map<CfnParameter, CfnCondition>();
  return (parameter) => {
    const condition =
      known.get(parameter) ??
      new CfnCondition(stack, `Has${parameter.node.id}`, {
        expression: Fn.conditionNot(Fn.conditionEquals(parameter.valueAsString, "")),
      });
    known.set(parameter, condition);
    return condition;
  };
};

/** Order and headings of the parameters in the console. */
const describeGroups = (stack: Stack, declared: Declared): void => {
  const group = (label: string, ...parameters: readonly CfnParameter[]) => ({
    Label: { default: label },
    Parameters: parameters.map(({ node }) => node.id),
  });
  stack.templateOptions.metadata = {
    "AWS::CloudFormation::Interface": {
      ParameterGroups: [
        group(
          "What may be tuned",
          declared.tunableFunctionArns,
          declared.tunableTagValue,
          declared.processorFunctionArns,
        ),
        group("Reports and alarms", declared.reportBucketName, declared.alarmTopicArn, declared.dailySpendAlarmUsd),
        group(
          "Security",
          declared.permissionsBoundaryArn,
          declared.kmsKeyArn,
          declared.subnetIds,
          declared.securityGroupIds,
        ),
        group("Operation", declared.installationName, declared.logRetentionDays),
      ],
    },
  };
};
