import { readdirSync, readFileSync } from "node:fs";

/** What the kernel has counted for one thread since it began, in milliseconds. */
export interface ThreadTimes {
  readonly ranMs: number;
  /** Time in which it could have run and did not, being stopped by a quota included; sleep is not. */
  readonly waitedMs: number;
}

/**
 * Times of all threads of the given processes, by thread id.
 *
 * @returns Nothing for threads that have ended; `undefined` where the system does not tell: not Linux, or a kernel
 *   without scheduler statistics.
 */
export const threadTimes = (processIds: readonly number[]): ReadonlyMap<string, ThreadTimes> | undefined => {
  const times = new Map<string, ThreadTimes>();
  for (const id of processIds) {
    for (const thread of list(`/proc/${id}/task`)) {
      const found = timesIn(`/proc/${id}/task/${thread}/schedstat`);
      if (found !== undefined) times.set(thread, found);
    }
  }
  return times.size === 0 ? undefined : times;
};

const timesIn = (file: string): ThreadTimes | undefined => {
  try {
    const [ranNs, waitedNs] = readFileSync(file, "latin1").split(" ", 2).map(Number);
    return ranNs === undefined || waitedNs === undefined ? undefined : { ranMs: ranNs / 1e6, waitedMs: waitedNs / 1e6 };
  } catch {
    return undefined;
  }
};

const list = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
