import { readFileSync } from "node:fs";

/** What all CPUs of the machine have done since it started, in milliseconds, added up. */
export interface MachineTime {
  readonly busyMs: number;
  /** Time in which the host of a virtual machine ran something else instead. */
  readonly stolenMs: number;
}

/** @returns `undefined` where the system does not tell: not Linux. */
export const machineTime = (): MachineTime | undefined => {
  try {
    const [first = ""] = readFileSync("/proc/stat", "latin1").split("\n", 1);
    // Time of guests is part of user time already, so the fields after `steal` are left out.
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = first
      .split(/\s+/)
      .slice(1)
      .map(Number);
    return { busyMs: (user + nice + system + irq + softirq) * msPerTick, stolenMs: steal * msPerTick };
  } catch {
    return undefined;
  }
};

/** The kernel counts these in hundredths of a second for every program, whatever its own clock does. */
const msPerTick = 10;
