import { setTimeout as sleep } from "node:timers/promises";

/** Waiting that all lanes of a size share: a throttle met by one of them slows all. */
export interface BackOff {
  /**
   * Waits until the next invocation may be sent.
   *
   * @param mayWait - Whether there is time for so many milliseconds.
   * @returns Whether there was time.
   */
  ready(mayWait: (ms: number) => boolean, signal: AbortSignal): Promise<boolean>;
  /** Notes a throttle: the wait grows. */
  throttled(): void;
  /** Notes an accepted invocation: the wait shrinks. */
  accepted(): void;
  /** Whether nothing was accepted for so long that waiting has no point: minutes. */
  readonly isExhausted: boolean;
}

const firstWaitMs = 100;
const longestWaitMs = 20_000;
/** Throttles in a row that are waited out. */
const mostInARow = 14;

/**
 * Adaptive back-off with full jitter.
 *
 * @param random - Uniform from 0 to 1.
 */
export const createBackOff = (random: () => number = Math.random): BackOff => {
  let waitMs = 0;
  let inARow = 0;
  return {
    ready: async (mayWait, signal) => {
      if (waitMs === 0) return true;
      const ms = waitMs * (jitterFloor + (1 - jitterFloor) * random());
      if (!mayWait(ms)) return false;
      await sleep(ms, undefined, { signal });
      return true;
    },
    throttled: () => {
      inARow += 1;
      waitMs = Math.min(longestWaitMs, Math.max(firstWaitMs, waitMs * 2));
    },
    accepted: () => {
      inARow = 0;
      waitMs = waitMs < firstWaitMs ? 0 : waitMs / 2;
    },
    get isExhausted() {
      return inARow >= mostInARow;
    },
  };
};

/** Some wait is always kept: lanes that all draw a short one would meet the same limit again. */
const jitterFloor = 0.25;
