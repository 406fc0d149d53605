/** Decides whether there is time for another invocation in this call of Measure. */
export interface TimeLimit {
  /** Whether an invocation may be started now. */
  mayStart(): boolean;
  /** Notes how long one took, in milliseconds. */
  took(ms: number): void;
  /** Milliseconds that an invocation started now may take at most. */
  patienceMs(): number;
}

/** Time kept for returning the result. */
const reserveMs = 5000;
/** How much longer than the longest so far an invocation may take. */
const slack = 2;
const slackMs = 2000;

/**
 * Keeps Measure within its own deadline.
 *
 * Before anything is known an invocation may take the target's whole timeout; afterwards twice the longest seen. The
 * first of a call always starts: a timeout as long as our own must not keep a function from being measured.
 */
export const createTimeLimit = (remainingMs: () => number, timeoutMs: number): TimeLimit => {
  let started = false;
  let longestMs: number | undefined;
  const patienceMs = (): number => Math.max(1, Math.floor(remainingMs()) - reserveMs);
  return {
    mayStart: () => {
      const needMs = longestMs === undefined ? timeoutMs : Math.min(timeoutMs, longestMs * slack + slackMs);
      const may = (!started && remainingMs() > reserveMs) || patienceMs() > needMs;
      started ||= may;
      return may;
    },
    took: (ms) => {
      longestMs = Math.max(longestMs ?? 0, ms);
    },
    patienceMs,
  };
};
