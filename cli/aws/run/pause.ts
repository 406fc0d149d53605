import { setTimeout as sleep } from "node:timers/promises";

/** Waits, unless a signal ends the wait: then its reason is thrown. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
};
