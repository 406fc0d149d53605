import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Call } from "../../command.ts";
import { EnvironmentError } from "../../errors/environment-error.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { type ExitCode, exitCodes } from "../../exit-codes.ts";
import { writeResult } from "../../output/write-result.ts";
import { builtFolder } from "./assembly.ts";

const parts = ["cloud-assembly", "cloudformation"] as const;

/** Prints the plain CloudFormation template, or copies it and the cloud assembly into a folder. Calls nothing. */
export const synthStack = async (call: Call): Promise<ExitCode> => {
  const folder = call.given.get("--to")?.value;
  if (folder === undefined) {
    const template = readFileSync(join(builtFolder("cloudformation"), "lambda-tuner.template.json"), "utf8");
    return writeResult(template, call, exitCodes.done);
  }
  const target = String(folder);
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new UsageError(`--to ${target}: expected a folder that is new or empty.`);
  }
  try {
    for (const part of parts) cpSync(builtFolder(part), join(target, part), { recursive: true });
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EnvironmentError(`${target} cannot be written: ${reason}`, { cause: error });
  }
  const written = parts.map((part) => join(target, part));
  return writeResult(
    call.shared.output === "json" ? `${JSON.stringify({ written }, undefined, 2)}\n` : `${written.join("\n")}\n`,
    call,
    exitCodes.done,
  );
};
