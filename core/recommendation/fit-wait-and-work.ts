import { oneVcpuMb } from "../units.ts";

/** A duration split into what memory shortens and what it does not. */
export interface WaitAndWork {
  /** Does not change with memory, in milliseconds. */
  readonly waitMs: number;
  /** Takes this long at one vCPU, in milliseconds, and longer in proportion below it. */
  readonly workMs: number;
  /** Share of waiting in the duration at one vCPU, from 0 to 1. */
  readonly waitShare: number;
}

/**
 * Fits T(m) = wait + work * 1769 / min(m, 1769) to durations by size: single-threaded work gets CPU in proportion to
 * memory up to one vCPU and no more above it.
 *
 * Least squares of relative errors, since noise grows with duration; neither part below 0.
 *
 * @param points - Sizes in MB with mean durations above 0.
 * @returns `undefined` with fewer than two sizes of different CPU share.
 *
 * @example
 * ```ts
 * fitWaitAndWork([{ memorySizeMb: 1769, durationMs: 300 }, { memorySizeMb: 1000, durationMs: 300 }])?.waitShare; // => 1
 * ```
 */
export const fitWaitAndWork = (
  points: readonly { readonly memorySizeMb: number; readonly durationMs: number }[],
): WaitAndWork | undefined => {
  // Divided by the duration, the model is 1 = wait * (1 / T) + work * (slowdown / T).
  const rows = points.map(({ memorySizeMb, durationMs }) => ({
    wait: 1 / durationMs,
    work: oneVcpuMb / Math.min(memorySizeMb, oneVcpuMb) / durationMs,
  }));
  const slowdowns = new Set(points.map(({ memorySizeMb }) => Math.min(memorySizeMb, oneVcpuMb)));
  if (slowdowns.size < 2) return undefined;
  const sum = (of: (row: { wait: number; work: number }) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  const ww = sum(({ wait }) => wait * wait);
  const wk = sum(({ wait, work }) => wait * work);
  const kk = sum(({ work }) => work * work);
  const w1 = sum(({ wait }) => wait);
  const k1 = sum(({ work }) => work);
  const determinant = ww * kk - wk * wk;
  const free = { waitMs: (w1 * kk - k1 * wk) / determinant, workMs: (k1 * ww - w1 * wk) / determinant };
  const { waitMs, workMs } =
    free.waitMs < 0 ? { waitMs: 0, workMs: k1 / kk } : free.workMs < 0 ? { waitMs: w1 / ww, workMs: 0 } : free;
  return { waitMs, workMs, waitShare: waitMs / (waitMs + workMs) };
};
