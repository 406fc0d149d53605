import { Stack } from "aws-cdk-lib";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import type { Construct } from "constructs";

/** Where the command line looks for a tuner of this name. */
export const installationParameterName = (installationName: string): string => `/lambda-tuner/${installationName}`;

/** What the command line has to know of a tuner: the value of its parameter, in JSON. */
export interface Installation {
  /** Version of the package that was deployed. */
  readonly version: string;
  readonly stateMachineArn: string;
  readonly reportBucketName: string;
  readonly cleanUpFunctionArn: string;
  readonly lockTableName: string;
}

/** Publishes where this tuner is, in one parameter: one call and one permission find all of it. */
export const createInstallationParameter = (
  scope: Construct,
  installationName: string,
  installation: Installation,
): StringParameter =>
  new StringParameter(scope, "Installation", {
    parameterName: installationParameterName(installationName),
    // The name may be a parameter of the template, which hides that it starts with a slash.
    simpleName: false,
    description: "Where the command line of lambda-tuner finds this installation",
    stringValue: Stack.of(scope).toJsonString(installation),
  });
