import type { CommandDefinition } from "../command.ts";

/** `init [target]`: a config file to start from. */
export const initCommand: CommandDefinition = {
  name: "init",
  summary: "write a config file to start from",
  description: "Writes lambda-tuner.config.json into the current folder. An existing one is only replaced with --yes.",
  arguments: [{ name: "[target]", description: "a handler file or folder to name in it" }],
  formats: [],
  flagGroups: [],
  examples: ["init", "init ./functions/thumbnail"],
  run: async (call) => {
    const { init } = await import("../init/init.ts");
    return init(call);
  },
};
