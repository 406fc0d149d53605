import type { Call } from "../../command.ts";
import { type ExitCode, exitCodes } from "../../exit-codes.ts";
import { writeResult } from "../../output/write-result.ts";
import type { Assembly } from "./assembly.ts";
import { type Command, shellLine } from "./cdk-command.ts";

/** Prints the command that a dry run leaves to the person; the assembly that it names stays. */
export const printCommand = (call: Call, { stackName }: Assembly, { program, args }: Command): Promise<ExitCode> => {
  const { output } = call.shared;
  const text =
    output === "json"
      ? `${JSON.stringify({ stackName, command: [program, ...args] }, undefined, 2)}\n`
      : `${shellLine([program, ...args])}\n`;
  return writeResult(text, call, exitCodes.done);
};
