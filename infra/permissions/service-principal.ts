import { Stack } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

/**
 * A service that may take a role, for resources of this account and region alone.
 *
 * Without the conditions the service could be talked into using the role for somebody else's resource. Lambda needs
 * none: it takes the role of a function that was created in the role's own account.
 *
 * @param resource - Its resources that may, as an ARN ends: `stateMachine:*`.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html}
 */
export const servicePrincipal = (
  scope: Construct,
  principal: string,
  service: string,
  resource: string,
): ServicePrincipal => {
  const { partition, region, account } = Stack.of(scope);
  return new ServicePrincipal(principal, {
    conditions: {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:${partition}:${service}:${region}:${account}:${resource}` },
    },
  });
};
