import type { ThreadTimes } from "./thread-times.ts";

/** How an environment fared in a stretch of time. */
export interface CpuUse {
  /** CPU time of all its threads together, in milliseconds. */
  readonly ranMs: number;
  /**
   * Clock time that its busiest thread waited for a CPU beyond what its share explains, in milliseconds.
   *
   * Meant to be added up: where a quota stopped the thread it is below 0 when the period's quota was still full, and above
   * when an earlier stretch had used some of it.
   */
  readonly lostMs: number;
  /** Clock time in which that thread wanted nothing: it slept, or waited for an answer. */
  readonly idleMs: number;
}

/** What a stretch of time looked like from outside. */
export interface Stretch {
  readonly elapsedMs: number;
  /** Cores' worth of time that the environment may use. */
  readonly shareCores: number;
  /** Cores that its threads may run on. */
  readonly coresAtHand: number;
  /** Whether its quota stopped it, and so counts as waiting; absent where being stopped is not waiting. */
  readonly wasThrottled?: boolean;
}

/**
 * What threads have used and what they were kept from, between two looks at them.
 *
 * A quota makes them wait too, and so does an environment with more busy threads than cores: neither is lost, as it would
 * be so on any machine. Nor is a wait that fits into the rest of a period, after which a quota would have stopped them
 * anyway: that is why a busy machine hurts large sizes most. What is left over is lost to other programs, and it is
 * rather too little than too much.
 */
export const cpuUse = (
  before: ReadonlyMap<string, ThreadTimes>,
  after: ReadonlyMap<string, ThreadTimes>,
  stretch: Stretch,
): CpuUse => {
  const threads = [...after].map(([id, { ranMs, waitedMs }]) => {
    const ran = ranMs - (before.get(id)?.ranMs ?? 0);
    const waited = waitedMs - (before.get(id)?.waitedMs ?? 0);
    return { ranMs: ran, waitedMs: waited, wantedMs: ran + waited };
  });
  // Not the one that waited most: helpers of a runtime may wait for long, and nobody for them.
  const busiest = threads.toSorted((a, b) => b.ranMs - a.ranMs)[0];
  const ranMs = sum(threads.map((thread) => thread.ranMs));
  if (busiest === undefined || busiest.ranMs <= 0) return { ranMs, lostMs: 0, idleMs: stretch.elapsedMs };
  const atOnce = ranMs / busiest.ranMs;
  const neededMs = (cores: number): number => busiest.ranMs / Math.min(1, cores / atOnce);
  const accountedMs = Math.max(busiest.wantedMs, neededMs(Math.min(stretch.shareCores, stretch.coresAtHand)));
  const idleMs = Math.max(0, stretch.elapsedMs - accountedMs);
  return { ranMs, lostMs: Math.min(lostOf(busiest, neededMs, stretch), stretch.elapsedMs - busiest.ranMs), idleMs };
};

const lostOf = (
  { wantedMs, waitedMs }: ThreadTimes & { readonly wantedMs: number },
  neededMs: (cores: number) => number,
  { elapsedMs, shareCores, coresAtHand, wasThrottled }: Stretch,
): number => {
  const share = Math.min(shareCores, coresAtHand);
  if (wasThrottled === undefined) return Math.min(waitedMs, elapsedMs - neededMs(share));
  return wasThrottled ? wantedMs - neededMs(share) : Math.max(0, wantedMs - neededMs(coresAtHand));
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
