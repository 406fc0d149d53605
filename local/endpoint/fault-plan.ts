/** One injected fault: what goes wrong, with which calls, how often. */
export interface Fault {
  /** Operation by its name (`Invoke`) or with its service (`lambda:Invoke`); `*` for every call. */
  readonly operation: string;
  /** How many matching calls it meets. Default: 1. */
  readonly times?: number;
  /** Matching calls that pass before the first fault. Default: 0. */
  readonly after?: number;
  /** Which calls of the operation it meets, by their parameters. Default: all. */
  readonly matches?: (input: unknown) => boolean;
  /** The call is answered with this error. */
  readonly error?: {
    readonly status: number;
    readonly type: string;
    readonly message?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly details?: Readonly<Record<string, string>>;
  };
  /** The call waits so long, in milliseconds, before anything else happens. */
  readonly delayMs?: number;
  /** The connection is closed without an answer. */
  readonly dropConnection?: boolean;
  /** The call takes effect before the error or the drop: the client cannot know that it did. */
  readonly afterEffect?: boolean;
}

/** The faults that an endpoint starts with. */
export type FaultPlan = readonly Fault[];

/** Faults still to come. */
export interface FaultQueue {
  add(fault: Fault): void;
  /** The fault that this call meets, and counts it. The first one added wins. */
  take(service: string, operation: string, input: unknown): Fault | undefined;
}

/** Keeps the count of an endpoint's faults. */
export const createFaultQueue = (plan: FaultPlan): FaultQueue => {
  const pending = plan.map((fault) => ({ fault, seen: 0 }));
  return {
    add: (fault) => {
      pending.push({ fault, seen: 0 });
    },
    take: (service, operation, input) => {
      const names = new Set(["*", operation, `${service}:${operation}`]);
      for (const entry of pending) {
        const { fault } = entry;
        if (!names.has(fault.operation) || fault.matches?.(input) === false) continue;
        const first = fault.after ?? 0;
        if (entry.seen >= first + (fault.times ?? 1)) continue;
        entry.seen += 1;
        if (entry.seen > first) return fault;
      }
      return undefined;
    },
  };
};
