import type { CommandDefinition } from "../command.ts";
import { awsFlags } from "../flags/aws-flags.ts";

/** `apply <report>`: what a report recommends, set on its function. */
export const applyCommand: CommandDefinition = {
  name: "apply",
  summary: "set what a report recommends on its function",
  description:
    "Sets the memory and timeout that a report recommends on the function it is about: on $LATEST, or as a new version behind an alias. Shows before and after, and asks. Nothing is set when the function has changed since it was measured.",
  arguments: [{ name: "<report>", description: "a report file, the id of a run, s3://bucket/key, or - for stdin" }],
  formats: ["table", "json"],
  flagGroups: [
    {
      heading: "Options",
      flags: [
        { flags: "--only <setting>", description: "set this one alone", choices: ["memory", "timeout"] },
        { flags: "--alias <name>", description: "publish a version and point this alias to it" },
        { flags: "--force", description: "set it although the function has changed since" },
      ],
    },
    { heading: "AWS options", flags: awsFlags },
  ],
  examples: [
    "apply report.json",
    "apply report.json --only memory --yes",
    "apply thumbs-ee35a4b4453d124c --alias live",
  ],
  run: async (call) => {
    const { applyReport } = await import("../aws/apply/apply-report.ts");
    return applyReport(call);
  },
};
