import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Creates a control group; one that exists already is fine. */
export const makeGroup = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const refusal = refusals[String(codeOf(error))];
    if (refusal === undefined) throw error;
    throw new RangeError(`${dirname(folder)} ${refusal}`, { cause: error });
  }
};

/** What keeps a user from creating groups, by the system's code for it. */
const refusals: Readonly<Record<string, string>> = {
  EACCES: "may not be changed by this user",
  EPERM: "may not be changed by this user",
  EROFS: "is read-only",
};

export const writeControl = (folder: string, file: string, value: string | number): void =>
  writeFileSync(join(folder, file), `${value}\n`);

export const readControl = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8").trim();

/** A counter out of a file with one `name value` a line; `undefined` when the file or the name is not there. */
export const readCounter = (folder: string, file: string, name: string): number | undefined => {
  try {
    const line = readControl(folder, file)
      .split("\n")
      .find((text) => text.startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.slice(name.length + 1));
  } catch {
    return undefined;
  }
};

/** A size in a file of its own, in MB; `undefined` when there is no such file. */
export const readMb = (folder: string, file: string): number | undefined => {
  try {
    return Number(readControl(folder, file)) / 1024 / 1024;
  } catch {
    return undefined;
  }
};

/** Ids of the group's living processes; none when the group is gone. */
export const membersOf = (folder: string): number[] => {
  try {
    return readControl(folder, "cgroup.procs").split("\n").filter(Boolean).map(Number);
  } catch {
    return [];
  }
};

/** Kills a group's members until there are none, then removes it. Members can fork while they are being killed. */
export const removeGroup = async (folder: string): Promise<void> => {
  for (let attempt = 0; attempt < 200; attempt++) {
    for (const id of membersOf(folder)) kill(id);
    try {
      rmdirSync(folder);
      return;
    } catch (error) {
      if (codeOf(error) === "ENOENT") return;
    }
    await delay(Math.min(20, attempt + 1));
  }
};

/** Removes a folder of groups with all groups in it. */
export const removeGroups = async (folder: string): Promise<void> => {
  await Promise.all(subfolders(folder).map((name) => removeGroup(join(folder, name))));
  await removeGroup(folder);
};

export const subfolders = (folder: string): string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
};

const kill = (id: number): void => {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It ended on its own in the meantime.
  }
};

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
