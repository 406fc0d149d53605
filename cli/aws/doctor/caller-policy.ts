import type { Installation } from "../installation.ts";
import { installationParameterName } from "../installation.ts";

/** A policy document of IAM. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/**
 * What a person needs who starts runs, follows and stops them, reads their reports and has functions put back.
 *
 * @param functionName - Limits what may be read to this function; all functions of the region otherwise. Which functions
 *   runs may be started on is for the deployment to say: IAM does not look into an execution's input.
 */
export const callerPolicy = (
  installation: Installation,
  installationName: string,
  functionName: string = "*",
): PolicyDocument => {
  const { stateMachineArn, reportBucketName, cleanUpFunctionArn } = installation;
  const [, partition = "aws", , region = "", accountId = ""] = stateMachineArn.split(":");
  const functionArn = `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}`;
  const parameter = installationParameterName(installationName);
  return {
    Version: "2012-10-17",
    Statement: [
      allow(
        "FindLambdaTuner",
        ["ssm:GetParameter"],
        `arn:${partition}:ssm:${region}:${accountId}:parameter${parameter}`,
      ),
      allow(
        "ReadFunctions",
        ["lambda:GetFunctionConfiguration", "lambda:GetFunctionConcurrency", "lambda:ListVersionsByFunction"],
        ...(functionName === "*" ? [functionArn] : [functionArn, `${functionArn}:*`]),
      ),
      allow("ReadAccountLimits", ["lambda:GetAccountSettings"], "*"),
      // Without it an estimate assumes how long the function takes.
      allow("EstimateRuns", ["cloudwatch:GetMetricData"], "*"),
      allow("StartRuns", ["states:StartExecution"], stateMachineArn),
      allow(
        "FollowAndStopRuns",
        ["states:DescribeExecution", "states:GetExecutionHistory", "states:StopExecution"],
        `${stateMachineArn.replace(":stateMachine:", ":execution:")}:*`,
      ),
      allow("ReadReports", ["s3:GetObject"], `arn:${partition}:s3:::${reportBucketName}/reports/*`),
      allow("RestoreFunctions", ["lambda:InvokeFunction"], cleanUpFunctionArn),
    ],
  };
};

const allow = (sid: string, actions: readonly string[], ...resources: readonly string[]): PolicyStatement => ({
  Sid: sid,
  Effect: "Allow",
  Action: actions,
  Resource: resources,
});
