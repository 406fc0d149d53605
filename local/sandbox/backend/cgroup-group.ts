import { signalProcesses } from "../process/signal-processes.ts";
import { membersOf, readCounter } from "./cgroup-files.ts";
import type { ResourceGroup } from "./cpu-backend.ts";

/** The period of CPU quotas, in microseconds. The kernel's default of 100 ms is far too coarse for short handlers. */
export const periodUs = 20_000;

/**
 * How many times an ordinary process our environments count for when there is not enough CPU for all.
 *
 * A quota only limits: under other load a function would get less than its share, and large sizes would suffer most.
 */
export const priority = 64;

/** A resource group that knows whether its CPU limit has had an effect. */
export interface CgroupResourceGroup extends ResourceGroup {
  /** Periods in which the group has used up its quota. */
  throttledPeriods(): number;
}

/** What both versions of control groups do alike, given the folder of the group that limits CPU. */
export const cgroupResourceGroup = (
  folder: string,
  own: Pick<ResourceGroup, "joinFiles" | "limitCpu" | "peakMemoryMb" | "ranOutOfMemory" | "remove">,
): CgroupResourceGroup => {
  let leaderId: number | undefined;
  const processIds = (): readonly number[] => membersOf(folder);
  // Signals rather than the freezer: a process in a frozen version 1 group cannot be killed, and would outlive us.
  const signal = (name: NodeJS.Signals): void => signalProcesses(leaderId, processIds(), name);
  return {
    ...own,
    adopt: (id) => {
      leaderId = id;
    },
    processIds,
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    throttledPeriods: () => readCounter(folder, "cpu.stat", "nr_throttled") ?? 0,
  };
};

/** Quota for a share of the CPU, in microseconds a period. The kernel takes no less than one millisecond. */
export const quotaUs = (cores: number): number => Math.max(1000, Math.round(cores * periodUs));
