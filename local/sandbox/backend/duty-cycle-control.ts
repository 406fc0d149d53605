import { CpuClock } from "../process/cpu-clock.ts";
import { signalProcesses } from "../process/signal-processes.ts";
import { CpuBudget, periodMs } from "./cpu-budget.ts";

/** Shortest and longest time between two looks at a running environment, in milliseconds. */
const lookMs = { shortest: 0.3, longest: 4 } as const;

/** A stop and the continuing after it cost about this much, in milliseconds. */
const shortestStopMs = 1;

/** Holds one environment to its share by stopping and continuing its processes. */
export class DutyCycle {
  readonly #leaderId: number;
  readonly #clock: CpuClock;
  #state: "running" | "frozen";
  #cores: number | undefined;
  /** Absent while CPU is unlimited. */
  #budget: CpuBudget | undefined;
  #isStopped = false;
  #lookMs: number = lookMs.shortest;
  #continuedAt = 0;

  constructor(leaderId: number, state: "running" | "frozen", cores: number | undefined) {
    this.#leaderId = leaderId;
    this.#clock = new CpuClock(leaderId);
    this.#state = state;
    this.#cores = cores;
    this.#startPeriods(performance.now());
  }

  change(state: "running" | "frozen", cores: number | undefined): void {
    const isSame = state === this.#state && cores === this.#cores;
    this.#state = state;
    this.#cores = cores;
    if (!isSame) this.#startPeriods(performance.now());
  }

  /**
   * Does what is due.
   *
   * @param now - `performance.now()`.
   * @returns When to call again.
   */
  step(now: number): number {
    if (this.#state === "frozen") return this.#stop(Number.POSITIVE_INFINITY);
    if (this.#budget === undefined) return this.#continue(now, Number.POSITIVE_INFINITY);
    const spentMs = this.#clock.spentMs(this.#isStopped);
    this.#budget.spend(spentMs, now);
    const { remainingMs, nextPeriod } = this.#budget;
    // Right before a period ends, a stop would last longer than what is left of it: the debt is taken from the next.
    if (remainingMs <= 0 && (this.#isStopped || nextPeriod - now > shortestStopMs)) return this.#stop(nextPeriod);
    this.#lookMs = this.#nextLookMs(spentMs, remainingMs);
    return this.#continue(now, Math.max(now + this.#lookMs, remainingMs <= 0 ? nextPeriod : 0));
  }

  close(): void {
    this.#clock.close();
  }

  #startPeriods(now: number): void {
    this.#budget = this.#cores === undefined ? undefined : new CpuBudget(this.#cores, now);
    this.#lookMs = lookMs.shortest;
    // What was used before does not count.
    this.#clock.spentMs(this.#isStopped);
  }

  /** When the budget could be used up, and less often while nothing is used: waiting processes cost next to nothing. */
  #nextLookMs(spentMs: number, remainingMs: number): number {
    const soonestMs = remainingMs / Math.max(1, Math.ceil(this.#cores ?? 1));
    const wantedMs = spentMs > 0 ? soonestMs : Math.max(soonestMs, this.#lookMs * 2);
    return Math.min(lookMs.longest, Math.max(lookMs.shortest, wantedMs));
  }

  #stop(next: number): number {
    if (!this.#isStopped) signalProcesses(this.#leaderId, this.#clock.descendants(), "SIGSTOP");
    this.#isStopped = true;
    return next;
  }

  #continue(now: number, next: number): number {
    // Also now and then while running: a process that is born while its parent is being stopped and continued can miss
    // the second, and stay stopped.
    if (this.#isStopped || now - this.#continuedAt > periodMs) {
      signalProcesses(this.#leaderId, this.#clock.descendants(), "SIGCONT");
      this.#continuedAt = now;
    }
    this.#isStopped = false;
    return next;
  }
}
