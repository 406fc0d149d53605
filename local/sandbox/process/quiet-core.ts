import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { coreTimes, type MachineTime, msPerTick } from "./machine-time.ts";

/** How long cores are watched, in milliseconds: a few of the kernel's ticks. */
const watchMs = 60;

/**
 * A core that little runs on, to be the one on which environments take turns.
 *
 * Cores of one machine differ, those of a virtual one by a third and from minute to minute, as its host runs others beside
 * them: sizes that are measured on different ones cannot be compared.
 *
 * @returns Its number; `undefined` where processes cannot be bound to a core: not Linux, no `taskset`, or a single core.
 */
export const quietCore = async (): Promise<number | undefined> => {
  const allowed = allowedCores();
  if (allowed.length < 2 || !canBindTo(allowed[0])) return undefined;
  const before = coreTimes();
  await sleep(watchMs);
  return quietestOf(allowed, before, coreTimes(), Math.random());
};

/**
 * Of the cores that are about equally quiet one by chance: runs that begin at the same moment should not all take the same.
 *
 * @param cores - To choose from.
 * @param chance - From 0 up to, but not, 1.
 */
export const quietestOf = (
  cores: readonly number[],
  before: ReadonlyMap<number, MachineTime>,
  after: ReadonlyMap<number, MachineTime>,
  chance: number,
): number | undefined => {
  const busyMs = cores.map((core) => timeOf(after.get(core)) - timeOf(before.get(core)));
  const least = Math.min(...busyMs);
  const quiet = cores.filter((_, index) => (busyMs[index] ?? 0) <= least + msPerTick);
  return quiet[Math.floor(chance * quiet.length)];
};

const timeOf = (time: MachineTime | undefined): number => (time === undefined ? 0 : time.busyMs + time.stolenMs);

/** A container may have fewer cores than the machine. */
const allowedCores = (): readonly number[] => {
  try {
    return coresOfList(/^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1] ?? "");
  } catch {
    return [];
  }
};

/**
 * @example
 * ```ts
 * coresOfList("0-2,5"); // => [0, 1, 2, 5]
 * ```
 */
export const coresOfList = (list: string): readonly number[] =>
  [...list.matchAll(/(\d+)(?:-(\d+))?/g)].flatMap(([, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, place) => Number(first) + place),
  );

/** Tried out, as not every `taskset` takes a list. */
const canBindTo = (core: number | undefined): boolean =>
  spawnSync("/bin/sh", ["-c", `taskset -pc ${core} $$`], { stdio: "ignore" }).status === 0;
