import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type CgroupFacts, type Hierarchy, readCgroupFacts, v1Hierarchy, v2Hierarchy } from "./cgroup-mounts.ts";

/** Cores' worth of CPU time that this process may use: the machine's, or less in a limited container. */
export const machineCores = (facts: CgroupFacts | undefined = readCgroupFacts()): number => {
  const quotas = facts === undefined ? [] : [v1Quota(v1Hierarchy(facts, "cpu")), v2Quota(v2Hierarchy(facts))];
  return Math.min(availableParallelism(), ...quotas.filter((quota) => quota !== undefined));
};

const v1Quota = (hierarchy: Hierarchy | undefined): number | undefined => {
  const quota = Number(read(hierarchy, "cpu.cfs_quota_us"));
  const period = Number(read(hierarchy, "cpu.cfs_period_us"));
  return quota > 0 && period > 0 ? quota / period : undefined;
};

const v2Quota = (hierarchy: Hierarchy | undefined): number | undefined => {
  const [quota, period] = (read(hierarchy, "cpu.max") ?? "max").split(" ").map(Number);
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : undefined;
};

const read = (hierarchy: Hierarchy | undefined, file: string): string | undefined => {
  try {
    return hierarchy === undefined ? undefined : readFileSync(join(hierarchy.ownFolder, file), "utf8").trim();
  } catch {
    return undefined;
  }
};
