import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { setPriority } from "node:os";

/**
 * Puts the calling thread before other programs, where this user may do so; what it starts is not affected.
 *
 * What an environment is answered and stopped by must run when it is due: on a busy machine a late look at the clock
 * counts as duration, and short functions looked ten times as long. Such threads sleep nearly all the time, so nobody
 * else is kept from anything.
 */
export const preferOwnThread = (): void => {
  const id = ownThreadId();
  if (id === undefined) return;
  // A real-time class, as plain priorities count within one session only, and environments have sessions of their own.
  const { status } = spawnSync("chrt", ["--reset-on-fork", "--rr", "--pid", "1", String(id)], { stdio: "ignore" });
  if (status === 0) return;
  try {
    setPriority(id, -20);
  } catch {
    // Only root may, and not in every container. The report says when others got in the way.
  }
};

/** The system's id of the calling thread; Linux alone has threads that can be named from outside. */
const ownThreadId = (): number | undefined => {
  try {
    return Number(/\d+$/.exec(readlinkSync("/proc/thread-self"))?.[0]);
  } catch {
    return undefined;
  }
};

/** How long the calling thread has waited for a CPU since it began, and how often it got one. */
export interface OwnWaits {
  readonly waitedMs: number;
  readonly times: number;
}

/** @returns `undefined` where the system does not tell. */
export const ownWaits = (): OwnWaits | undefined => {
  try {
    const [, waitedNs, times] = readFileSync("/proc/thread-self/schedstat", "latin1").split(" ").map(Number);
    return waitedNs === undefined || times === undefined ? undefined : { waitedMs: waitedNs / 1e6, times };
  } catch {
    return undefined;
  }
};
