import { availableParallelism } from "node:os";
import type { Contention } from "../../endpoint/function-runner.ts";
import { cpuUse, type Stretch } from "./cpu-use.ts";
import { machineTime } from "./machine-time.ts";
import type { OwnCpu } from "./own-cpu.ts";
import { type OwnWaits, ownWaits } from "./own-thread.ts";
import { type ThreadTimes, threadTimes } from "./thread-times.ts";

/** What is watched: an environment's processes and the limits they are under. */
export interface Watched {
  processIds(): readonly number[];
  /** Periods in which a quota stopped them; absent where being stopped does not count as waiting. */
  throttledPeriods?(): number;
}

/**
 * Watches one environment while it handles an event: what it lost to other programs.
 *
 * A few small files are read before and after, outside of what is timed.
 */
export class CpuWatch {
  readonly #watched: Watched;
  readonly #own: OwnCpu;
  readonly #before: Look | undefined;

  private constructor(watched: Watched, own: OwnCpu) {
    this.#watched = watched;
    this.#own = own;
    this.#before = look(watched, own);
  }

  static start(watched: Watched, own: OwnCpu): CpuWatch {
    return new CpuWatch(watched, own);
  }

  /**
   * What was seen from the start until now.
   *
   * @returns `undefined` where the system does not tell, or when nothing is left to look at.
   */
  look(limits: Pick<Stretch, "shareCores" | "coresAtHand">): Seen | undefined {
    const before = this.#before;
    const after = before === undefined ? undefined : look(this.#watched, this.#own);
    if (before === undefined || after === undefined) return undefined;
    const elapsedMs = after.at - before.at;
    const use = cpuUse(before.threads, after.threads, { elapsedMs, ...limits, ...throttling(before, after) });
    return {
      wantedMs: elapsedMs - use.idleMs,
      contention: {
        elapsedMs,
        lostMs: use.lostMs + Math.min(use.idleMs, answersLate(before.waits, after.waits)),
        from: { atMs: before.at, othersMs: before.othersMs },
        to: { atMs: after.at, othersMs: after.othersMs },
        machineCores: availableParallelism(),
      },
    };
  }
}

/** How an environment fared while it was watched. */
export interface Seen {
  readonly contention: Contention;
  /** Clock time in which its busiest thread ran or wanted to, in milliseconds. */
  readonly wantedMs: number;
}

interface Look {
  /** `performance.now()` */
  readonly at: number;
  readonly threads: ReadonlyMap<string, ThreadTimes>;
  readonly throttledPeriods: number | undefined;
  readonly othersMs: number;
  readonly waits: OwnWaits;
}

const look = (watched: Watched, own: OwnCpu): Look | undefined => {
  const threads = threadTimes(watched.processIds());
  const machine = machineTime();
  const waits = ownWaits();
  if (threads === undefined || machine === undefined || waits === undefined) return undefined;
  const throttledPeriods = watched.throttledPeriods?.();
  const othersMs = machine.busyMs + machine.stolenMs - own.totalMs();
  return { at: performance.now(), threads, throttledPeriods, othersMs, waits };
};

const throttling = (before: Look, after: Look): Pick<Stretch, "wasThrottled"> =>
  before.throttledPeriods === undefined || after.throttledPeriods === undefined
    ? {}
    : { wasThrottled: after.throttledPeriods > before.throttledPeriods };

/** The thread that answers an environment takes two of its messages before the duration ends: the reply, the next question. */
const messages = 2;

const answersLate = (before: OwnWaits, after: OwnWaits): number => {
  const times = after.times - before.times;
  return times <= 0 ? 0 : ((after.waitedMs - before.waitedMs) / times) * Math.min(messages, times);
};
