import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A program and its first arguments. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** The oldest version of the CDK's command that is known to read the assembly: 2.1148. */
const leastMinor = 1148;

/**
 * The CDK's command: one that is installed here or above, when it is new enough; otherwise npx fetches it.
 *
 * @param folder - Where to look from.
 */
export const cdkCommand = (folder: string): Command => {
  const installed = installedCdk(folder);
  return installed === undefined
    ? { program: "npx", args: ["--yes", "aws-cdk@2"] }
    : { program: process.execPath, args: [installed] };
};

const installedCdk = (folder: string): string | undefined => {
  const root = join(folder, "node_modules", "aws-cdk");
  const bin = join(root, "bin", "cdk");
  if (existsSync(bin) && isNewEnough(join(root, "package.json"))) return bin;
  const parent = dirname(folder);
  return parent === folder ? undefined : installedCdk(parent);
};

const isNewEnough = (file: string): boolean => {
  try {
    const { version }: { version?: unknown } = JSON.parse(readFileSync(file, "utf8"));
    const [major, minor] = String(version).split(".").map(Number);
    return major === 2 && minor !== undefined && minor >= leastMinor;
  } catch {
    return false;
  }
};

/** A command with more arguments. */
export const withArgs = ({ program, args }: Command, ...more: readonly string[]): Command => ({
  program,
  args: [...args, ...more],
});

/** A command as a line for a shell. */
export const shellLine = (words: readonly string[]): string =>
  words.map((word) => (/^[\w./:=@,+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(" ");
