import { type Stack, Validations } from "aws-cdk-lib";

/** The CDK's own check of templates looks at the default of a parameter as if it were used. */
const findings = ["F3031", "E1150", "W1030", "W1001"] as const;

/** Accepts what that check says of parameters whose empty default means "not given". */
export const acknowledgeEmptyDefaults = (stack: Stack): void => {
  Validations.of(stack).acknowledge(
    ...findings.map((finding) => ({
      id: `CloudFormation-Validate::${finding}`,
      reason:
        "An empty parameter means that the setting is not given: a condition keeps it, and what hangs on it, out.",
    })),
  );
};
