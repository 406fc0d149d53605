import { readFileSync } from "node:fs";

/** What CPUs have done since the machine started, in milliseconds. */
export interface MachineTime {
  readonly busyMs: number;
  /** Time in which the host of a virtual machine ran something else instead. */
  readonly stolenMs: number;
}

/**
 * All CPUs added up.
 *
 * @returns `undefined` where the system does not tell: not Linux.
 */
export const machineTime = (): MachineTime | undefined => {
  const [first] = statLines();
  return first === undefined ? undefined : timeOf(first);
};

/** Each CPU by its number; empty where the system does not tell. */
export const coreTimes = (): ReadonlyMap<number, MachineTime> =>
  new Map(
    statLines().flatMap((line): [number, MachineTime][] => {
      const core = /^cpu(\d+) /.exec(line)?.[1];
      return core === undefined ? [] : [[Number(core), timeOf(line)]];
    }),
  );

/** The kernel counts these in hundredths of a second for every program, whatever its own clock does. */
export const msPerTick = 10;

const statLines = (): readonly string[] => {
  try {
    return readFileSync("/proc/stat", "latin1").split("\n");
  } catch {
    return [];
  }
};

const timeOf = (line: string): MachineTime => {
  // Time of guests is part of user time already, so the fields after `steal` are left out.
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(/\s+/).slice(1).map(Number);
  return { busyMs: (user + nice + system + irq + softirq) * msPerTick, stolenMs: steal * msPerTick };
};
