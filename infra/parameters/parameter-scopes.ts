import { type CfnCondition, type CfnParameter, Fn, type Stack } from "aws-cdk-lib";
import type { FunctionScope } from "../tunable-functions.ts";
import { type StackParameters, tunableTagKey } from "./stack-parameters.ts";

/** Functions that may be tuned as the parameters give them: by ARN, by tag or both. */
export const tunableScopes = (stack: Stack, parameters: StackParameters): readonly FunctionScope[] => {
  const { tunableFunctionArns, tunableTagValue, isGiven } = parameters;
  const anyFunction = `arn:${stack.partition}:lambda:${stack.region}:${stack.account}:function:*`;
  return [
    arnScope(tunableFunctionArns, isGiven(tunableFunctionArns)),
    {
      suffix: "ByTag",
      functionArns: [anyFunction],
      versionArns: [`${anyFunction}:*`],
      allArns: [anyFunction, `${anyFunction}:*`],
      conditions: { StringEquals: { [`aws:ResourceTag/${tunableTagKey}`]: tunableTagValue.valueAsString } },
      cfnCondition: isGiven(tunableTagValue),
    },
  ];
};

/** Functions that may be invoked as processors. */
export const processorParameterScopes = ({
  processorFunctionArns,
  isGiven,
}: StackParameters): readonly FunctionScope[] => [arnScope(processorFunctionArns, isGiven(processorFunctionArns))];

/**
 * A list of ARNs that only the deployment knows.
 *
 * CloudFormation has no loop over a list, but it joins and splits: joined with `:*,` and one more `:*`, every ARN gets
 * the ending that stands for its versions.
 */
const arnScope = (parameter: CfnParameter, cfnCondition: CfnCondition): FunctionScope => {
  const given = parameter.valueAsString;
  const versions = Fn.join("", [Fn.join(":*,", Fn.split(",", given)), ":*"]);
  return {
    suffix: "",
    functionArns: Fn.split(",", given),
    versionArns: Fn.split(",", versions),
    allArns: Fn.split(",", Fn.join(",", [given, versions])),
    cfnCondition,
  };
};
