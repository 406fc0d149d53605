import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/**
 * Acknowledges cdk-nag's finding for each resource with a wildcard, with the reason why it is granted.
 *
 * @param arns - Resources of one statement, tokens allowed.
 */
export const acknowledgeWildcards = (policy: IConstruct, arns: readonly string[], reason: string): void => {
  const resolved: unknown = Stack.of(policy).resolve(arns);
  for (const resource of Array.isArray(resolved) ? resolved : [resolved]) {
    const text = flattened(resource);
    if (text.includes("*")) Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${text}]`, reason });
  }
};

/** A CloudFormation value in the notation of cdk-nag's finding ids: `arn:<AWS::Partition>:...:<Table.Arn>`. */
const flattened = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null) {
    if ("Ref" in value) return `<${flattened(value.Ref)}>`;
    if ("Fn::GetAtt" in value && Array.isArray(value["Fn::GetAtt"])) {
      return `<${value["Fn::GetAtt"].map(flattened).join(".")}>`;
    }
    if ("Fn::Join" in value && Array.isArray(value["Fn::Join"]) && Array.isArray(value["Fn::Join"][1])) {
      return value["Fn::Join"][1].map(flattened).join(flattened(value["Fn::Join"][0]));
    }
  }
  return JSON.stringify(value);
};
