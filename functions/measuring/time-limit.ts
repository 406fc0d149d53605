import type { ProcessorRole } from "../../core/errors/processor-error.ts";

/** What an invocation takes its time for. */
export type Step = "target" | ProcessorRole;

/** Decides whether there is time for another invocation in this call of Measure. */
export interface TimeLimit {
  /** Whether an invocation may be started now. */
  mayStart(): boolean;
  /** Whether so many milliseconds may be waited before the next one. When there is no time for it, none starts any more. */
  mayWait(ms: number): boolean;
  /** Notes how long a step of one took, in milliseconds. */
  took(ms: number, step: Step): void;
  /** Milliseconds that a step started now may take at most. */
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
 * first of a call always starts: a timeout as long as our own must not keep a function from being measured. Processors
 * count by what they took.
 */
export const createTimeLimit = (remainingMs: () => number, timeoutMs: number): TimeLimit => {
  let started = false;
  let over = false;
  const longestMs = new Map<Step, number>();
  const patienceMs = (): number => Math.max(1, Math.floor(remainingMs()) - reserveMs);
  const needMs = (step: Step): number => (longestMs.get(step) ?? 0) * slack + (longestMs.has(step) ? slackMs : 0);
  const needOfAllMs = (unknownMs: number): number =>
    (longestMs.has("target") ? Math.min(timeoutMs, needMs("target")) : unknownMs) +
    needMs("pre-processor") +
    needMs("post-processor");
  return {
    mayStart: () => {
      if (over) return false;
      const may = (!started && remainingMs() > reserveMs) || patienceMs() > needOfAllMs(timeoutMs);
      started ||= may;
      return may;
    },
    mayWait: (ms) => {
      over ||= patienceMs() - ms <= needOfAllMs(0);
      return !over;
    },
    took: (ms, step) => {
      longestMs.set(step, Math.max(longestMs.get(step) ?? 0, ms));
    },
    patienceMs,
  };
};
