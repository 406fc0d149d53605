import { setTimeout as delay } from "node:timers/promises";
import { launch } from "../process/launch.ts";
import type { CgroupResourceGroup } from "./cgroup-group.ts";

/** Longest that a busy loop may take to run into a quarter of a core, in milliseconds. It needs 20 on an idle machine. */
const patienceMs = 1000;

/**
 * Shows that a CPU limit has an effect, by running into one.
 *
 * Some containers let groups be created and quotas be written, and enforce nothing.
 *
 * @throws An error with the reason when a group cannot be made or joined, or does not limit.
 */
export const proveCpuLimit = async (
  createGroup: (id: string, memoryMb: number) => CgroupResourceGroup,
): Promise<void> => {
  const group = createGroup("probe", 128);
  try {
    group.limitCpu(0.25);
    const launched = launch(["/bin/sh", "-c", "while :; do :; done"], {
      folder: "/",
      environment: {},
      joinFiles: group.joinFiles,
    });
    const child = launched.process;
    const state = { ended: false };
    child.once("exit", () => (state.ended = true));
    child.once("error", () => (state.ended = true));
    if (child.pid !== undefined) group.adopt(child.pid);
    launched.release();
    const giveUpAt = performance.now() + patienceMs;
    while (group.throttledPeriods() === 0) {
      if (state.ended) throw new RangeError("a process could not join a group");
      if (performance.now() > giveUpAt) throw new RangeError("quotas are accepted but have no effect");
      await delay(5);
    }
  } finally {
    await group.remove();
  }
};
