import type { PutEvent } from "./events/put-events.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { InvocationEvent } from "./invocation-event.ts";

/** How an endpoint starts. Everything has a default. */
export interface EndpointOptions {
  /** Port on 127.0.0.1. Default: 0, any that is free. */
  readonly port?: number;
  /** Default: `us-east-1`. */
  readonly region?: string;
  /** Twelve digits. Default: `123456789012`. */
  readonly accountId?: string;
  /** Folder that S3 objects land in, each under its key. Absent: they stay in memory. */
  readonly objectsFolder?: string;
  /** Quotas of the account. */
  readonly account?: {
    /** Largest `MemorySize`. Default: 10,240; new accounts have 3,008. */
    readonly maxMemoryMb?: number;
    /** Concurrent executions. Default: 1,000; new accounts have 10. */
    readonly concurrentExecutions?: number;
    /** What is left to functions without a reservation. Default: what the reservations leave. */
    readonly unreservedConcurrency?: number;
    /** Management calls a second before throttling. Default: unlimited; AWS has 15. */
    readonly controlPlaneRate?: number;
  };
  /**
   * How long an update stays `InProgress` and a new version `Pending`, in milliseconds. Default: 0, done when the
   * call is answered; AWS takes seconds.
   */
  readonly controlPlaneDelayMs?: number;
  /** Called when an invocation starts and when it ends. */
  readonly onInvocation?: (event: InvocationEvent) => void;
  /** Called for each event that is put on an EventBridge bus. */
  readonly onEvent?: (event: PutEvent) => void;
  /** What goes wrong, and when. */
  readonly faults?: FaultPlan;
  /** Milliseconds since 1970. Default: the system's clock. */
  readonly clock?: () => number;
}
