import { Aws, Fn } from "aws-cdk-lib";
import type { CfnFunction } from "aws-cdk-lib/aws-lambda";
import type { LambdaTuner } from "../lambda-tuner.ts";
import { networkPermissions } from "../permissions/own-telemetry.ts";
import type { StackParameters } from "./stack-parameters.ts";

/** Puts the functions into the VPC that the parameters name, if they name one. */
export const applyNetwork = (tuner: LambdaTuner, { subnetIds, securityGroupIds, isGiven }: StackParameters): void => {
  const inVpc = isGiven(subnetIds);
  for (const { function: each, permissions } of tuner.functions.all) {
    permissions.grant(networkPermissions, {
      "network-interfaces": [{ suffix: "", arns: ["*"], cfnCondition: inVpc }],
    });
    const resource = each.node.defaultChild as CfnFunction;
    resource.vpcConfig = Fn.conditionIf(
      inVpc.logicalId,
      {
        SubnetIds: Fn.split(",", subnetIds.valueAsString),
        SecurityGroupIds: Fn.split(",", securityGroupIds.valueAsString),
      },
      Aws.NO_VALUE,
    );
  }
};
