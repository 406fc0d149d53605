import type { CommandDefinition } from "../command.ts";
import { awsFlags } from "../flags/aws-flags.ts";

/** `rollback <report>`: the settings that a function had before a report was applied. */
export const rollbackCommand: CommandDefinition = {
  name: "rollback",
  summary: "put back what a function had before a report was applied",
  description:
    "Puts back the memory, timeout and alias that a function had before a report was applied. What somebody else has set since stays as it is.",
  arguments: [
    {
      name: "<report>",
      description: "the report that apply or tune --apply has kept: a file, the id of a run, or - for stdin",
    },
  ],
  formats: ["table", "json"],
  flagGroups: [
    {
      heading: "Options",
      flags: [{ flags: "--force", description: "put it back although somebody has set something else since" }],
    },
    { heading: "AWS options", flags: awsFlags },
  ],
  examples: ["rollback .lambda-tuner/reports/thumbs/thumbs-ee35a4b4453d124c.json"],
  run: async (call) => {
    const { rollBackReport } = await import("../aws/apply/roll-back-report.ts");
    return rollBackReport(call);
  },
};
