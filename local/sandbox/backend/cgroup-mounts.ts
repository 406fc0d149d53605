import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Where this process stands in one hierarchy of control groups. */
export interface Hierarchy {
  /** Folder at which the hierarchy is mounted. */
  readonly mountPoint: string;
  /** Folder of this process's own group. */
  readonly ownFolder: string;
}

/** What the kernel says in `/proc/self`: passed in, so that other machines can be described in a test. */
export interface CgroupFacts {
  /** Text of `/proc/self/mountinfo`. */
  readonly mountInfo: string;
  /** Text of `/proc/self/cgroup`. */
  readonly membership: string;
}

/** @returns `undefined` where there is no `/proc`, as on macOS. */
export const readCgroupFacts = (): CgroupFacts | undefined => {
  try {
    return {
      mountInfo: readFileSync("/proc/self/mountinfo", "utf8"),
      membership: readFileSync("/proc/self/cgroup", "utf8"),
    };
  } catch {
    return undefined;
  }
};

/** The version 1 hierarchy of a controller such as `cpu`; `undefined` when it is not mounted. */
export const v1Hierarchy = (facts: CgroupFacts, controller: string): Hierarchy | undefined => {
  const own = memberships(facts).find(({ controllers }) => controllers.includes(controller));
  const mount = mounts(facts).find(({ type, options }) => type === "cgroup" && options.includes(controller));
  return own === undefined || mount === undefined ? undefined : locate(mount, own.path);
};

/** The unified (version 2) hierarchy; `undefined` when it is not mounted. */
export const v2Hierarchy = (facts: CgroupFacts): Hierarchy | undefined => {
  const own = memberships(facts).find(({ id }) => id === "0");
  const mount = mounts(facts).find(({ type }) => type === "cgroup2");
  return own === undefined || mount === undefined ? undefined : locate(mount, own.path);
};

interface Mount {
  readonly root: string;
  readonly mountPoint: string;
  readonly type: string;
  readonly options: readonly string[];
}

// A container may see a part of the hierarchy only, mounted from `root`: paths are then relative to that part.
const locate = ({ root, mountPoint }: Mount, path: string): Hierarchy => {
  const inside = relative(root, path);
  return { mountPoint, ownFolder: inside.startsWith("..") ? mountPoint : join(mountPoint, inside) };
};

const memberships = ({ membership }: CgroupFacts) =>
  membership
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [id = "", controllers = "", ...path] = line.split(":");
      return { id, controllers: controllers.split(","), path: path.join(":") };
    });

const mounts = ({ mountInfo }: CgroupFacts): Mount[] =>
  mountInfo
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [before = "", after = ""] = line.split(" - ");
      const fields = before.split(" ");
      const [type = "", , options = ""] = after.split(" ");
      return { root: fields[3] ?? "/", mountPoint: unescape(fields[4] ?? ""), type, options: options.split(",") };
    });

// The kernel writes spaces in mount points as octal escapes.
const unescape = (text: string): string =>
  text.replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
