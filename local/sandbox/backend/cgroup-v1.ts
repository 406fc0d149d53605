import { join } from "node:path";
import { makeGroup, readControl, readCounter, removeGroup, removeGroups, writeControl } from "./cgroup-files.ts";
import { cgroupResourceGroup, periodUs, quotaUs } from "./cgroup-group.ts";
import { type CgroupFacts, v1Hierarchy } from "./cgroup-mounts.ts";
import type { CpuBackend, ResourceGroup } from "./cpu-backend.ts";
import { ownFolderName, removeStaleFolders } from "./own-folder.ts";

/**
 * Limits by control groups of version 1: a CPU quota, and a memory limit where that controller is there too.
 *
 * @throws The file system's error when this user may not create groups, `RangeError` when there is no `cpu` controller.
 */
export const cgroupV1Backend = async (facts: CgroupFacts): Promise<CpuBackend> => {
  const cpu = v1Hierarchy(facts, "cpu");
  if (cpu === undefined) throw new RangeError("No cpu controller of version 1 is mounted.");
  const memory = v1Hierarchy(facts, "memory");
  const cpuFolder = join(cpu.ownFolder, ownFolderName());
  await removeStaleFolders(cpu.ownFolder);
  makeGroup(cpuFolder);
  const memoryFolder = memory === undefined ? undefined : await tryMemoryFolder(memory.ownFolder);
  const folders = memoryFolder === undefined ? [cpuFolder] : [cpuFolder, memoryFolder];
  return {
    name: "cgroup-v1",
    approximate: false,
    limitsMemory: memoryFolder !== undefined,
    notes: [],
    folders,
    createGroup: (id, memoryMb) => createGroup(cpuFolder, memoryFolder, id, memoryMb),
    close: async () => {
      await Promise.all(folders.map(removeGroups));
    },
  };
};

const tryMemoryFolder = async (parent: string): Promise<string | undefined> => {
  try {
    await removeStaleFolders(parent);
    const folder = join(parent, ownFolderName());
    makeGroup(folder);
    return folder;
  } catch {
    return undefined;
  }
};

const createGroup = (
  cpuParent: string,
  memoryParent: string | undefined,
  id: string,
  memoryMb: number,
): ResourceGroup => {
  const cpu = join(cpuParent, id);
  makeGroup(cpu);
  writeControl(cpu, "cpu.cfs_period_us", periodUs);
  const memory = memoryParent === undefined ? undefined : join(memoryParent, id);
  if (memory !== undefined) limitMemory(memory, memoryMb);
  const groups = memory === undefined ? [cpu] : [cpu, memory];
  return cgroupResourceGroup(cpu, {
    joinFiles: groups.map((folder) => join(folder, "cgroup.procs")),
    limitCpu: (cores) => writeControl(cpu, "cpu.cfs_quota_us", cores === undefined ? -1 : quotaUs(cores)),
    ranOutOfMemory: () => memory !== undefined && (readCounter(memory, "memory.oom_control", "oom_kill") ?? 0) > 0,
    remove: async () => {
      await Promise.all(groups.map(removeGroup));
    },
  });
};

const limitMemory = (folder: string, memoryMb: number): void => {
  makeGroup(folder);
  writeControl(folder, "memory.limit_in_bytes", memoryMb * 1024 * 1024);
  // Without this a function that should run out of memory would swap instead. Not every kernel accounts for swap.
  if (readControl(folder, "memory.swappiness") !== "0") writeControl(folder, "memory.swappiness", 0);
};
