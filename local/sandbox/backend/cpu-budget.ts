/** The period of a share, in milliseconds: as long as that of control groups, so that short handlers fare alike. */
export const periodMs = 20;

/**
 * What an environment may still use of its CPU share, by the rule of the kernel's quotas.
 *
 * Every period brings a budget of CPU time. It is not saved up; but what was used beyond it, as stopping is never
 * exactly on time, is taken from the next. So single periods are coarse and the average is right.
 */
export class CpuBudget {
  readonly #quotaMs: number;
  #remainingMs: number;
  #periodStart: number;
  #at: number;

  /**
   * @param cores - Cores' worth of time.
   * @param now - Milliseconds on any clock that only goes forward; a period starts now.
   */
  constructor(cores: number, now: number) {
    this.#quotaMs = cores * periodMs;
    this.#remainingMs = this.#quotaMs;
    this.#periodStart = now;
    this.#at = now;
  }

  /** CPU time left in this period, in milliseconds; below 0 when more was used. */
  get remainingMs(): number {
    return this.#remainingMs;
  }

  /** When the next period starts. */
  get nextPeriod(): number {
    return this.#periodStart + periodMs;
  }

  /**
   * Takes account of CPU time that was used since the last call.
   *
   * Where a period has ended in between, what was used is split in proportion: all of it taken from the new period would
   * stop a process for having used exactly its share.
   *
   * @param spentMs - CPU time used since the last call, in milliseconds.
   * @param now - On the same clock as before.
   */
  spend(spentMs: number, now: number): void {
    const elapsedMs = now - this.#at;
    const periods = Math.floor((now - this.#periodStart) / periodMs);
    const inOldMs = periods === 0 || elapsedMs <= 0 ? 0 : spentMs * ((this.nextPeriod - this.#at) / elapsedMs);
    if (periods > 0) {
      this.#remainingMs = Math.min(this.#quotaMs, this.#remainingMs - inOldMs + periods * this.#quotaMs);
      this.#periodStart += periods * periodMs;
    }
    this.#remainingMs -= spentMs - inOldMs;
    this.#at = now;
  }
}
