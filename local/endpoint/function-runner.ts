/** One invocation as the endpoint hands it to whatever runs the function. */
export interface RunnerInvocation {
  readonly functionName: string;
  /** ARN as invoked, with its qualifier when there was one. */
  readonly invokedFunctionArn: string;
  /** Executed version: `$LATEST` or a number. Environments are never shared between versions. */
  readonly version: string;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  /** The function's environment variables of that version. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logFormat: "Text" | "JSON";
  readonly requestId: string;
  readonly payload: Uint8Array;
  /** What traced functions find in `_X_AMZN_TRACE_ID`; absent where the function is not traced. */
  readonly traceHeader?: string;
  /** Aborted when the caller hangs up or the endpoint closes; the runner then ends the environment. */
  readonly signal: AbortSignal;
}

/** The platform's own record of an invocation: what a REPORT line is made from. Absent is not zero. */
export interface PlatformReport {
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  readonly initDurationMs?: number;
  /** How long an init phase was let run before it was broken off: it ran again within the duration, and is in there alone. */
  readonly brokenOffInitMs?: number;
  /** SnapStart restore of a cold start, instead of an init phase; the billed duration contains it. */
  readonly restoreDurationMs?: number;
  readonly status: "success" | "error" | "timeout";
  readonly errorType?: string;
}

/** Whether the invocation started its environment. */
export const isColdStart = ({ initDurationMs, restoreDurationMs, brokenOffInitMs }: PlatformReport): boolean =>
  initDurationMs !== undefined || restoreDurationMs !== undefined || brokenOffInitMs !== undefined;

/** A reading of what other programs have used of the machine. */
export interface OthersReading {
  /** Milliseconds on a clock that only goes forward. */
  readonly atMs: number;
  /** CPU time up to then, what a virtual machine's host gave to others included. Only differences mean something. */
  readonly othersMs: number;
}

/** How other programs on this machine got in the way of an invocation, or of several. */
export interface Contention {
  /** How long was looked at: a little longer than the durations. */
  readonly elapsedMs: number;
  /**
   * Part of that in which the function waited for a CPU beyond what its share explains; rather too little than too much.
   * Meant to be added up: of a single invocation it may be below 0, as quotas are granted period by period.
   */
  readonly lostMs: number;
  /** Before the first and after the last. */
  readonly from: OthersReading;
  readonly to: OthersReading;
  readonly machineCores: number;
}

/** What became of an invocation. Failures of the function are results, not rejections. */
export interface RunnerResult {
  readonly payload: Uint8Array;
  readonly functionError?: "Handled" | "Unhandled";
  /** The function's own output of this invocation, without platform records; the endpoint adds those and cuts the tail. */
  readonly output: string;
  readonly report: PlatformReport;
  /** Absent for simulations, and where the system does not tell. */
  readonly contention?: Contention;
}

/** Runs one function: real code in processes, or a simulation. One environment serves one invocation at a time. */
export interface FunctionRunner {
  /** @returns The invocation's result, after waiting for CPU shares and a free environment where the runner has such. */
  invoke(invocation: RunnerInvocation): Promise<RunnerResult>;
  /** Ends the environments of a deleted or replaced version. */
  retire(version: string): Promise<void>;
  /** Ends every environment. */
  close(): Promise<void>;
  /** How the CPU share is held, and what a reader must know about it; absent for simulations. */
  readonly cpu?: {
    readonly backend: string;
    readonly approximate: boolean;
    readonly cappedAtMb: number;
    readonly notes: readonly string[];
  };
  /** What other programs took from the warm invocations so far, by version; absent for simulations. */
  readonly contention?: () => ReadonlyMap<string, Contention>;
}
