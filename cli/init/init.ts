import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { resolveCodeTarget } from "../../local/sandbox/code-target.ts";
import type { Call } from "../command.ts";
import { EnvironmentError } from "../errors/environment-error.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { confirm } from "../output/confirm.ts";
import { writeStdout } from "../output/stdout.ts";

const file = "lambda-tuner.config.json";

/** Writes a starter config file, asking before it replaces one. */
export const init = async (call: Call): Promise<ExitCode> => {
  const document = await starter(call.arguments[0]);
  if (existsSync(file)) await confirm(`${file} exists. Replace it?`, call);
  try {
    await writeFile(file, `${JSON.stringify(document, undefined, 2)}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EnvironmentError(`${file} cannot be written here: ${reason}`, { cause: error });
  }
  const [name] = Object.keys(document.functions ?? {});
  await writeStdout(`${file}\n`);
  call.notes.say(
    `Next: say in it what the function has now (local.memorySizeMb, local.timeoutSeconds), then lambda-tuner tune ${name ?? "<path>"}`,
  );
  return exitCodes.done;
};

interface Starter {
  readonly [key: string]: unknown;
  readonly functions?: Readonly<Record<string, unknown>>;
}

const starter = async (target: string | undefined): Promise<Starter> => ({
  $schema: "./node_modules/lambda-tuner/schemas/config.schema.json",
  objective: { kind: "cost" },
  sampling: { preset: "standard", confidence: 0.95 },
  payloads: { inline: {} },
  local: { memorySizeMb: 1024, timeoutSeconds: 30, environment: {} },
  ...(target === undefined ? {} : { functions: await namedTarget(target) }),
});

const namedTarget = async (target: string): Promise<Readonly<Record<string, unknown>>> => {
  const { name } = await resolveCodeTarget(target);
  const path = relative(process.cwd(), target);
  return { [name]: { target: /^\.\.?([\\/]|$)/.test(path) ? path : `./${path}` } };
};
