import { CpuClock } from "../process/cpu-clock.ts";
import { signalProcesses } from "../process/signal-processes.ts";

/** The period of a share, in milliseconds: as long as that of control groups, so that short handlers fare alike. */
const periodMs = 20;

/** Longest time between two looks at a running environment, in milliseconds. */
const longestLookMs = 4;

/**
 * Holds one environment to its share by the rule of the kernel's CPU quotas.
 *
 * Every period brings a budget of CPU time. It is not saved up; but what was used beyond it, as stopping is never
 * exactly on time, is taken from the next. So single periods are coarse and the average is right.
 */
export class DutyCycle {
  readonly #leaderId: number;
  readonly #clock: CpuClock;
  #state: "running" | "frozen";
  #cores: number | undefined;
  #isStopped = false;
  #budgetMs = 0;
  #periodStart = 0;
  #lookMs = 1;
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
    if (this.#cores === undefined) return this.#continue(Number.POSITIVE_INFINITY);
    this.#spend(this.#cores);
    this.#refill(now, this.#cores);
    const nextPeriod = this.#periodStart + periodMs;
    if (this.#budgetMs <= 0) return this.#stop(nextPeriod);
    return this.#continue(Math.min(nextPeriod, now + this.#lookMs));
  }

  close(): void {
    this.#clock.close();
  }

  #startPeriods(now: number): void {
    this.#periodStart = now;
    this.#budgetMs = (this.#cores ?? 0) * periodMs;
    this.#clock.spentMs(this.#isStopped);
    this.#lookMs = 1;
  }

  #spend(cores: number): void {
    const spentMs = this.#clock.spentMs(this.#isStopped);
    this.#budgetMs -= spentMs;
    // Look when the budget could be used up, less often while nothing is used: a waiting process costs next to nothing.
    const soonestMs = Math.max(0.3, this.#budgetMs / Math.max(1, Math.ceil(cores)));
    this.#lookMs = spentMs > 0 ? soonestMs : Math.min(longestLookMs, Math.max(soonestMs, this.#lookMs * 2));
  }

  #refill(now: number, cores: number): void {
    const periods = Math.floor((now - this.#periodStart) / periodMs);
    if (periods <= 0) return;
    const quotaMs = cores * periodMs;
    this.#periodStart += periods * periodMs;
    this.#budgetMs = Math.min(quotaMs, this.#budgetMs + periods * quotaMs);
    this.#lookMs = Math.max(0.3, Math.min(longestLookMs, this.#budgetMs / Math.max(1, Math.ceil(cores))));
  }

  #stop(next: number): number {
    if (!this.#isStopped) signalProcesses(this.#leaderId, this.#clock.descendants(), "SIGSTOP");
    this.#isStopped = true;
    return next;
  }

  #continue(next: number): number {
    const now = performance.now();
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
