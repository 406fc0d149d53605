import type { Sample } from "../invocation/sample.ts";

/** Whether an invocation starts an environment, whose init is then paid too, or finds one running. */
export type Start = "cold" | "warm";

/**
 * Milliseconds that a further invocation of a size is foreseen to be billed: as many as the longest of its kind so far.
 *
 * @param samples - Of one size.
 * @param start - Its kind. Where none of it has been seen, the others tell, without their init for a warm one.
 * @returns Nothing before the first sample.
 *
 * @example
 * ```ts
 * const cold = { durationMs: 80.2, billedMs: 281, initMs: 200, cold: true, status: "ok", lane: 0, payload: 0, round: 1 } as const;
 * foreseenBilledMs([cold], "warm"); // => 81
 * ```
 */
export const foreseenBilledMs = (samples: readonly Sample[], start: Start): number | undefined => {
  if (samples.length === 0) return undefined;
  const seen = samples.filter(({ cold }) => cold === (start === "cold"));
  if (seen.length > 0) return Math.max(...seen.map(({ billedMs }) => billedMs));
  return Math.max(...samples.map(({ billedMs, durationMs }) => (start === "cold" ? billedMs : Math.ceil(durationMs))));
};
