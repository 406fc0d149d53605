import { signalProcesses } from "../process/signal-processes.ts";
import { descendantsOf } from "../process/descendants.ts";
import type { CpuBackend, ResourceGroup } from "./cpu-backend.ts";
import { DutyCycleThread } from "./duty-cycle-thread.ts";

/**
 * Limits CPU without any help of the system: a process that has used up its share of a period is stopped until the next.
 *
 * Only signals to one's own processes are needed, so it works for every user, and on macOS.
 *
 * @param reason - Why nothing better is used, as whole sentences.
 */
export const dutyCycleBackend = async (reason?: string): Promise<CpuBackend> => {
  const thread = await DutyCycleThread.start();
  return {
    name: "duty-cycle",
    approximate: true,
    limitsMemory: false,
    notes: [...notes(), ...(reason === undefined ? [] : [reason])],
    folders: [],
    createGroup: () => createGroup(thread),
    close: () => thread.close(),
  };
};

const notes = (): readonly string[] => [
  "CPU shares are held by stopping and continuing processes, and are about 10 % off.",
  ...(process.platform === "linux"
    ? []
    : ["Waiting counts as computing on this system, so functions that wait look slower at small sizes than they are."]),
  "Memory limits are watched, not enforced: a function that exceeds its size is ended a moment later.",
];

const createGroup = (thread: DutyCycleThread): ResourceGroup => {
  let leaderId: number | undefined;
  let cores: number | undefined;
  const processIds = (): readonly number[] => (leaderId === undefined ? [] : descendantsOf(leaderId));
  const tell = (state: "running" | "frozen"): void => {
    if (leaderId !== undefined) thread.set({ leaderId, state, cores });
  };
  return {
    joinFiles: [],
    adopt: (id) => {
      leaderId = id;
    },
    limitCpu: (limit) => {
      cores = limit;
      tell("running");
    },
    freeze: () => tell("frozen"),
    thaw: () => tell("running"),
    processIds,
    peakMemoryMb: () => undefined,
    ranOutOfMemory: () => false,
    remove: async () => {
      if (leaderId === undefined) return;
      thread.set({ leaderId, state: "gone" });
      signalProcesses(leaderId, processIds(), "SIGKILL");
    },
  };
};
