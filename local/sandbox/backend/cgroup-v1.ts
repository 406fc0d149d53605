import { join } from "node:path";
import {
  makeGroup,
  readControl,
  readCounter,
  readMb,
  removeGroup,
  removeGroups,
  writeControl,
} from "./cgroup-files.ts";
import { type CgroupResourceGroup, cgroupResourceGroup, periodUs, priority, quotaUs } from "./cgroup-group.ts";
import { type CgroupFacts, v1Hierarchy } from "./cgroup-mounts.ts";
import type { CpuBackend } from "./cpu-backend.ts";
import { ownFolderName, removeStaleFolders } from "./own-folder.ts";
import { proveCpuLimit } from "./prove-cpu-limit.ts";

/**
 * Limits by control groups of version 1: a CPU quota, and a memory limit where that controller is there too.
 *
 * @throws An error with the reason when this user may not create groups, or they have no effect.
 */
export const cgroupV1Backend = async (facts: CgroupFacts): Promise<CpuBackend> => {
  const cpu = v1Hierarchy(facts, "cpu");
  if (cpu === undefined) throw new RangeError("no cpu controller of version 1 is mounted");
  const cpuFolder = await ownFolderIn(cpu.ownFolder);
  writeControl(cpuFolder, "cpu.shares", 1024 * priority);
  const memory = v1Hierarchy(facts, "memory");
  const memoryFolder = memory === undefined ? undefined : await ownFolderIn(memory.ownFolder).catch(() => undefined);
  const folders = memoryFolder === undefined ? [cpuFolder] : [cpuFolder, memoryFolder];
  const close = async (): Promise<void> => {
    await Promise.all(folders.map(removeGroups));
  };
  const create = (id: string, memoryMb: number) => createGroup(cpuFolder, memoryFolder, id, memoryMb);
  try {
    await proveCpuLimit(create);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    name: "cgroup-v1",
    approximate: false,
    limitsMemory: memoryFolder !== undefined,
    notes: [],
    folders,
    createGroup: create,
    close,
  };
};

const ownFolderIn = async (parent: string): Promise<string> => {
  await removeStaleFolders(parent);
  const folder = join(parent, ownFolderName());
  makeGroup(folder);
  return folder;
};

const createGroup = (
  cpuParent: string,
  memoryParent: string | undefined,
  id: string,
  memoryMb: number,
): CgroupResourceGroup => {
  const cpu = join(cpuParent, id);
  makeGroup(cpu);
  writeControl(cpu, "cpu.cfs_period_us", periodUs);
  const memory = memoryParent === undefined ? undefined : join(memoryParent, id);
  if (memory !== undefined) limitMemory(memory, memoryMb);
  const groups = memory === undefined ? [cpu] : [cpu, memory];
  return cgroupResourceGroup(cpu, {
    joinFiles: groups.map((folder) => join(folder, "cgroup.procs")),
    limitCpu: (cores) => writeControl(cpu, "cpu.cfs_quota_us", cores === undefined ? -1 : quotaUs(cores)),
    peakMemoryMb: () => (memory === undefined ? undefined : readMb(memory, "memory.max_usage_in_bytes")),
    ranOutOfMemory: () => memory !== undefined && (readCounter(memory, "memory.oom_control", "oom_kill") ?? 0) > 0,
    remove: async () => {
      await Promise.all(groups.map(removeGroup));
    },
  });
};

const limitMemory = (folder: string, memoryMb: number): void => {
  makeGroup(folder);
  writeControl(folder, "memory.limit_in_bytes", memoryMb * 1024 * 1024);
  // Without this a function that should run out of memory would swap instead.
  if (readControl(folder, "memory.swappiness") !== "0") writeControl(folder, "memory.swappiness", 0);
};
