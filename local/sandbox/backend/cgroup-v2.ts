import { dirname, join } from "node:path";
import {
  makeGroup,
  membersOf,
  readControl,
  readCounter,
  readMb,
  removeGroup,
  removeGroups,
  writeControl,
} from "./cgroup-files.ts";
import { type CgroupResourceGroup, cgroupResourceGroup, periodUs, priority, quotaUs } from "./cgroup-group.ts";
import { type CgroupFacts, type Hierarchy, v2Hierarchy } from "./cgroup-mounts.ts";
import type { CpuBackend } from "./cpu-backend.ts";
import { ownFolderName, removeStaleFolders } from "./own-folder.ts";
import { proveCpuLimit } from "./prove-cpu-limit.ts";
import { isFamily } from "../process/family.ts";

/**
 * Limits by control groups of version 2: a CPU quota, and a memory limit where that controller is there too.
 *
 * @throws An error with the reason when no group may be created, or they have no effect.
 */
export const cgroupV2Backend = async (facts: CgroupFacts): Promise<CpuBackend> => {
  const hierarchy = v2Hierarchy(facts);
  if (hierarchy === undefined) throw new RangeError("no hierarchy of version 2 is mounted");
  const parents = parentsOf(hierarchy);
  if (!parents.some((parent) => controllersOf(parent, "cgroup.controllers").includes("cpu"))) {
    throw new RangeError("version 2 has no cpu controller here");
  }
  const reasons: string[] = [];
  // Rather a group further up than one in which processes have to make room.
  for (const makeRoom of [false, true]) {
    for (const parent of parents) {
      try {
        return await backendIn(parent, makeRoom);
      } catch (error) {
        reasons.push(error instanceof Error ? error.message : String(error));
      }
    }
  }
  // The last is about the root, which few may touch; what is wrong with our own group helps more.
  throw new RangeError(reasons[parents.length] ?? reasons[0]);
};

/** Folders in which groups might be created, the nearest first. */
const parentsOf = ({ ownFolder, mountPoint }: Hierarchy): readonly string[] => {
  const parents: string[] = [];
  for (let folder = ownFolder; ; folder = dirname(folder)) {
    parents.push(folder);
    if (folder === mountPoint || folder === dirname(folder)) return parents;
  }
};

const backendIn = async (parent: string, makeRoom: boolean): Promise<CpuBackend> => {
  offerControllers(parent, makeRoom);
  await removeStaleFolders(parent);
  const folder = join(parent, ownFolderName());
  makeGroup(folder);
  const close = async (): Promise<void> => removeGroups(folder);
  try {
    offerControllers(folder, false);
    writeControl(folder, "cpu.weight", 100 * priority);
    const limitsMemory = controllersOf(folder, "cgroup.subtree_control").includes("memory");
    const create = (id: string, memoryMb: number) => createGroup(folder, limitsMemory, id, memoryMb);
    await proveCpuLimit(create);
    return {
      name: "cgroup-v2",
      approximate: false,
      limitsMemory,
      notes: [],
      folders: [folder],
      createGroup: create,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Lets the groups inside a group have CPU and memory limits. */
const offerControllers = (folder: string, makeRoom: boolean): void => {
  const offered = controllersOf(folder, "cgroup.subtree_control");
  const missing = controllersOf(folder, "cgroup.controllers").filter(
    (name) => (name === "cpu" || name === "memory") && !offered.includes(name),
  );
  if (missing.length === 0) return;
  const request = missing.map((name) => `+${name}`).join(" ");
  try {
    writeControl(folder, "cgroup.subtree_control", request);
  } catch (error) {
    if (!makeRoom || !(error instanceof Error && "code" in error && error.code === "EBUSY")) throw error;
    moveFamilyInside(folder);
    writeControl(folder, "cgroup.subtree_control", request);
  }
};

/**
 * Makes room: a group whose subgroups are limited may hold no processes itself.
 *
 * Only where all its processes belong to the command that runs us: a container or a scope that was made for it.
 *
 * @throws {@link RangeError} when other programs run in the group.
 */
const moveFamilyInside = (folder: string): void => {
  const members = membersOf(folder);
  if (!members.every(isFamily)) {
    throw new RangeError(`other programs run in the control group ${folder}, so it cannot be divided`);
  }
  const inside = join(folder, "lambda-tuner-callers");
  makeGroup(inside);
  for (const id of members) writeControl(inside, "cgroup.procs", id);
};

const controllersOf = (folder: string, file: "cgroup.controllers" | "cgroup.subtree_control"): readonly string[] =>
  readControl(folder, file).split(" ").filter(Boolean);

const createGroup = (parent: string, limitsMemory: boolean, id: string, memoryMb: number): CgroupResourceGroup => {
  const folder = join(parent, id);
  makeGroup(folder);
  if (limitsMemory) {
    writeControl(folder, "memory.max", memoryMb * 1024 * 1024);
    forbidSwap(folder);
  }
  return cgroupResourceGroup(folder, {
    joinFiles: [join(folder, "cgroup.procs")],
    limitCpu: (cores) => writeControl(folder, "cpu.max", `${cores === undefined ? "max" : quotaUs(cores)} ${periodUs}`),
    peakMemoryMb: () => readMb(folder, "memory.peak"),
    ranOutOfMemory: () => (readCounter(folder, "memory.events", "oom_kill") ?? 0) > 0,
    remove: () => removeGroup(folder),
  });
};

// Without this a function that should run out of memory would swap instead. Kernels without swap lack the file.
const forbidSwap = (folder: string): void => {
  try {
    writeControl(folder, "memory.swap.max", 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
};
