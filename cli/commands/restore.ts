import type { CommandDefinition } from "../command.ts";
import { awsFlags } from "../flags/aws-flags.ts";

/** `restore <run>`: the clean-up of a run that ended badly. */
export const restoreCommand: CommandDefinition = {
  name: "restore",
  summary: "put a function back as it was before a run that ended badly",
  description:
    "Calls the clean-up of the lambda-tuner in the account for one run: it deletes the run's versions and takes its marks off the function, from the record that the run's lock holds. A rule in AWS does the same by itself; this is for when it could not.",
  arguments: [{ name: "<run>", description: "the id of the run" }],
  formats: ["table", "json"],
  flagGroups: [{ heading: "AWS options", flags: awsFlags }],
  examples: ["restore thumbs-ee35a4b4453d124c"],
  run: async (call) => {
    const { restoreRun } = await import("../aws/restore-run.ts");
    return restoreRun(call.arguments[0] ?? "", call);
  },
};
