import { dryRunFlag, stackFlags } from "../aws/deploy/deploy-flags.ts";
import type { CommandDefinition } from "../command.ts";
import { awsFlags } from "../flags/aws-flags.ts";

/** `deploy`: lambda-tuner into an account. */
export const deployCommand: CommandDefinition = {
  name: "deploy",
  summary: "deploy lambda-tuner to an AWS account, or update it",
  description:
    "Deploys the state machine, its functions and what belongs to them as one CloudFormation stack, through the CDK's own command: one that is installed here, or npx aws-cdk@2. Nothing may be tuned by default: name the functions, or a tag. An update keeps the settings that it is not given. docs/deploy.md has other ways, docs/permissions.md all that it may do.",
  arguments: [],
  formats: ["table", "json"],
  flagGroups: [
    { heading: "Settings of the stack", flags: stackFlags },
    { heading: "Options", flags: [dryRunFlag] },
    { heading: "AWS options", flags: awsFlags },
  ],
  examples: [
    "deploy --functions 'thumbnails,api-*' --region eu-west-1",
    "deploy --tag-value yes --daily-spend-alarm-usd 5 --yes",
    "deploy --functions thumbnails --dry-run",
  ],
  run: async (call) => {
    const { deployStack } = await import("../aws/deploy/deploy-stack.ts");
    return deployStack(call);
  },
};
