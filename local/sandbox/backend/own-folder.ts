import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { removeGroups, subfolders } from "./cgroup-files.ts";

/**
 * A name for a folder of control groups that says whose it is: this process's id, its start time, since ids are used
 * again, and the namespace in which the id means this process, since containers may share a hierarchy.
 *
 * New at every call: a process may open several machines, also one while another is being closed, and what closes one
 * ends everything in its folder.
 */
export const ownFolderName = (): string => {
  const { pid } = process;
  return ["lambda-tuner", pid, startTime(pid) ?? "0", idNamespace(), randomBytes(4).toString("hex")].join("-");
};

/** Removes folders of processes that have died without doing so, with whatever still runs in them. */
export const removeStaleFolders = async (parent: string): Promise<void> => {
  const namespace = idNamespace();
  const stale = subfolders(parent).filter((name) => {
    const [, id, startedAt, where] = /^lambda-tuner-(\d+)-(\d+)-(\d+)-[0-9a-f]+$/.exec(name) ?? [];
    if (id === undefined || where !== namespace) return false;
    const start = startTime(Number(id));
    return start !== undefined && start !== startedAt;
  });
  await Promise.all(stale.map((name) => removeGroups(join(parent, name))));
};

/**
 * When a process started, in clock ticks since boot.
 *
 * @returns `none` when there is no such process; `undefined` when that cannot be told.
 */
const startTime = (id: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    // The name in parentheses may hold spaces; the fields after it are numbered from 3, start time is the 22nd.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch (error) {
    return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")
      ? "none"
      : undefined;
  }
};

/** Number of the namespace of process ids that this process is in; 0 where there are none. */
const idNamespace = (): string => {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
};
