import { dryRunFlag } from "../aws/deploy/deploy-flags.ts";
import type { CommandDefinition } from "../command.ts";
import { awsFlags } from "../flags/aws-flags.ts";

/** `destroy`: lambda-tuner out of an account. */
export const destroyCommand: CommandDefinition = {
  name: "destroy",
  summary: "remove lambda-tuner from an AWS account",
  description:
    "Removes the stack through the CDK's own command. The bucket of reports stays. Refuses while runs are under way: they would lose their clean-up.",
  arguments: [],
  formats: ["table", "json"],
  flagGroups: [
    { heading: "Options", flags: [dryRunFlag] },
    { heading: "AWS options", flags: awsFlags },
  ],
  examples: ["destroy --region eu-west-1", "destroy --installation team-a --yes"],
  run: async (call) => {
    const { destroyStack } = await import("../aws/deploy/destroy-stack.ts");
    return destroyStack(call);
  },
};
