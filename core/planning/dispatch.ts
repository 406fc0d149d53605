import type { Job } from "../sampling/decision.ts";

/** Iterations that Step Functions runs at once in an inline Map. */
export const mapIterationsAtOnce = 40;

/** How a round is run: which jobs, and how many sizes at once. */
export interface Dispatch {
  readonly jobs: readonly Job[];
  readonly sizesAtOnce: number;
}

/**
 * Fits a round's lanes to the invocations that may be in flight at once.
 *
 * @param jobs - Of the round.
 * @param concurrency - Invocations of the target in flight at once, all sizes together.
 *
 * @example
 * ```ts
 * dispatch([{ memorySizeMb: 128, warm: 9, cold: 0, lanes: 8 }], 4).jobs[0]?.lanes; // => 4
 * ```
 */
export const dispatch = (jobs: readonly Job[], concurrency: number): Dispatch => {
  const sizesAtOnce = Math.max(1, Math.min(jobs.length, concurrency, mapIterationsAtOnce));
  const lanesAtMost = Math.max(1, Math.floor(concurrency / sizesAtOnce));
  return { jobs: jobs.map((job) => ({ ...job, lanes: Math.min(job.lanes, lanesAtMost) })), sizesAtOnce };
};
