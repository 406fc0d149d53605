import { readFileSync } from "node:fs";
import { join } from "node:path";
import { removeGroups, subfolders } from "./cgroup-files.ts";

const prefix = "lambda-tuner-";

/** The name of this process's folder of control groups: its id and start time, since ids are used again. */
export const ownFolderName = (): string => `${prefix}${process.pid}-${startTime(process.pid) ?? "0"}`;

/** Removes folders of processes that have died without doing so, with whatever still runs in them. */
export const removeStaleFolders = async (parent: string): Promise<void> => {
  const stale = subfolders(parent).filter((name) => {
    const match = /^lambda-tuner-(\d+)-(\d+)$/.exec(name);
    return match !== null && startTime(Number(match[1])) !== match[2];
  });
  await Promise.all(stale.map((name) => removeGroups(join(parent, name))));
};

/** When a process started, in clock ticks since boot; `undefined` when there is no such process. */
const startTime = (id: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    // The name in parentheses may hold spaces; the fields after it are numbered from 3, start time is the 22nd.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
};
