import type { CommandDefinition } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import { exitCodes } from "../exit-codes.ts";

const shells = ["bash", "zsh", "fish"] as const;

/** `completion <shell>`: a completion script made from the commands themselves. */
export const completionCommand: CommandDefinition = {
  name: "completion",
  summary: "print completions for bash, zsh or fish",
  arguments: [{ name: "<shell>", description: shells.join(", "), choices: shells }],
  formats: [],
  flagGroups: [],
  examples: [
    "completion bash > ~/.local/share/bash-completion/completions/lambda-tuner",
    'completion zsh > "${fpath[1]}/_lambda-tuner"',
    "completion fish > ~/.config/fish/completions/lambda-tuner.fish",
  ],
  run: async (call) => {
    const { commandList } = await import("../command-list.ts");
    const { completionScript } = await import("../completion/completion-script.ts");
    const { writeResult } = await import("../output/write-result.ts");
    const shell = shells.find((known) => known === call.arguments[0]);
    if (shell === undefined) throw new UsageError(`completion: expected one of ${shells.join(", ")}.`);
    const commands = await Promise.all(commandList.map(({ load }) => load()));
    return writeResult(completionScript(shell, commands), call, exitCodes.done);
  },
};
