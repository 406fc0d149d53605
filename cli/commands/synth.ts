import type { CommandDefinition } from "../command.ts";

/** `synth`: what `deploy` deploys, to look at or to deploy by other means. */
export const synthCommand: CommandDefinition = {
  name: "synth",
  summary: "print the CloudFormation template, or copy all that a deployment takes",
  description:
    "Prints the plain CloudFormation template. With --to it copies that with its archives of code, and the CDK's cloud assembly, into a folder. Works offline.",
  arguments: [],
  formats: ["table", "json"],
  flagGroups: [
    { heading: "Options", flags: [{ flags: "--to <folder>", description: "copy everything into this new folder" }] },
  ],
  examples: ["synth > lambda-tuner.template.json", "synth --to ./lambda-tuner-stack"],
  run: async (call) => {
    const { synthStack } = await import("../aws/deploy/synth-stack.ts");
    return synthStack(call);
  },
};
