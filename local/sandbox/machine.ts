import { randomBytes } from "node:crypto";
import { totalmem } from "node:os";
import { oneVcpuMb } from "../../core/units.ts";
import { chooseBackend } from "./backend/choose-backend.ts";
import type { CpuBackend } from "./backend/cpu-backend.ts";
import { machineCores } from "./backend/machine-cores.ts";
import { CpuShares } from "./cpu-shares.ts";
import type { Environment } from "./environment.ts";
import { IdleEnvironments } from "./idle-environments.ts";
import { OwnCpu } from "./process/own-cpu.ts";
import { quietCore } from "./process/quiet-core.ts";
import { Reaper } from "./process/reaper.ts";

/** What all runners of this process share: the CPU, the limits, and the reaper. */
export interface Machine {
  readonly backend: CpuBackend;
  readonly shares: CpuShares;
  readonly idle: IdleEnvironments<Environment>;
  /** The largest memory size whose CPU share this machine has, in MB. */
  readonly cappedAtMb: number;
  /** The core for environments of up to one vCPU; absent where none can be set aside. */
  readonly core?: number;
  readonly reaper: Reaper;
  readonly ownCpu: OwnCpu;
  /** First half of every log stream's name: what tells our processes from others. */
  readonly marker: string;
}

/** Share of the machine's memory that idle environments may hold. Beyond it the oldest end, and start cold again. */
const idleMemoryShare = 0.5;

export interface MachineOptions {
  /** Use this backend and no other; absent: the best that works. */
  readonly backend?: CpuBackend["name"];
  /** CPU to hand out, in MB of function memory; absent: that of all cores. */
  readonly totalCpuShares?: number;
}

interface OpenMachine {
  readonly machine: Promise<Machine>;
  users: number;
}

const open = new Map<string, OpenMachine>();

/**
 * The machine as one runner uses it. Runners of one process get the same, or each would hand out all of the CPU.
 *
 * @returns The machine and a function that gives it up; the last to do so ends the reaper and removes the groups.
 */
export const useMachine = async (
  options: MachineOptions,
): Promise<{ machine: Machine; giveUp: () => Promise<void> }> => {
  const key = JSON.stringify([options.backend, options.totalCpuShares]);
  const entry = open.get(key) ?? { machine: openMachine(options), users: 0 };
  open.set(key, entry);
  entry.users++;
  const giveUp = async (): Promise<void> => {
    if (--entry.users > 0) return;
    open.delete(key);
    await entry.machine.then(closeMachine);
  };
  try {
    return { machine: await entry.machine, giveUp };
  } catch (error) {
    open.delete(key);
    throw error;
  }
};

const openMachine = async (options: MachineOptions): Promise<Machine> => {
  const core = await quietCore();
  const backend = await chooseBackend(options.backend);
  const machineMb = Math.floor(machineCores() * oneVcpuMb);
  const totalMb = Math.min(options.totalCpuShares ?? machineMb, machineMb);
  const marker = randomBytes(8).toString("hex");
  return {
    backend,
    shares: new CpuShares(totalMb, oneVcpuMb),
    idle: new IdleEnvironments((totalmem() / 1024 / 1024) * idleMemoryShare),
    cappedAtMb: totalMb,
    ...(core === undefined ? {} : { core }),
    reaper: new Reaper(backend.folders, marker),
    ownCpu: new OwnCpu(),
    marker,
  };
};

const closeMachine = async ({ backend, reaper }: Machine): Promise<void> => {
  await backend.close();
  reaper.close();
};
