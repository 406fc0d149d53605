/** The limits around the processes of one execution environment. */
export interface ResourceGroup {
  /** Files to which a process writes its own id to come under the limits; empty where there are none. */
  readonly joinFiles: readonly string[];
  /** Names the process that leads the environment, once there is one. */
  adopt(leaderId: number): void;
  /**
   * Holds the environment to a share of the CPU from now on.
   *
   * @param cores - Cores' worth of time, above 0; `undefined` is unlimited, as an environment is while it starts.
   */
  limitCpu(cores: number | undefined): void;
  /** Stops all processes where they are, as Lambda freezes an idle environment. */
  freeze(): void;
  thaw(): void;
  /** Ids of all living processes, the leader's children included as far as the backend can see them. */
  processIds(): readonly number[];
  /** Periods in which the group has used up its quota and was stopped; absent where being stopped is not waiting. */
  throttledPeriods?(): number;
  /** The most memory that the processes have held together, in MB, as the limit counts it; absent where unknown. */
  peakMemoryMb(): number | undefined;
  /** Whether the memory limit has killed a process. */
  ranOutOfMemory(): boolean;
  /** Kills what is left and forgets the group. */
  remove(): Promise<void>;
}

/** How memory and CPU are limited on this machine. */
export interface CpuBackend {
  readonly name: "cgroup-v2" | "cgroup-v1" | "duty-cycle";
  /** Whether CPU shares are only about right. */
  readonly approximate: boolean;
  /** Whether the kernel enforces memory limits; otherwise the sandbox watches what is used. */
  readonly limitsMemory: boolean;
  /** What a reader of the results must know, in whole sentences. */
  readonly notes: readonly string[];
  /** Folders with one subfolder an environment, each with a `cgroup.procs`: what is left in them must die with us. */
  readonly folders: readonly string[];
  createGroup(id: string, memoryMb: number): ResourceGroup;
  close(): Promise<void>;
}
