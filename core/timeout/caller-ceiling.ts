import type { CallerCeiling } from "../production/production-metrics.ts";
import { timeoutLimitsSeconds } from "../units.ts";

/** The `caller` of a ceiling that nobody found, but the request gave. */
export const givenCeiling = "request";

/** A caller as the start of a sentence. */
export const nameOfCaller = (caller: string): string => (caller === givenCeiling ? "The caller" : caller);

/** Time that the answer needs to travel back to its caller. */
const wayBackMs = 500;

/**
 * The lowest ceiling of the callers, and the longest timeout that is of use under it: half a second less, whole seconds.
 *
 * A function that works on after its caller gave up is billed for an answer that nobody reads.
 *
 * @param ceilings - In any order.
 * @returns `undefined` when no caller has a ceiling.
 */
export const lowestCeiling = (
  ceilings: readonly CallerCeiling[],
): { readonly ceiling: CallerCeiling; readonly maxSeconds: number } | undefined => {
  const [ceiling] = ceilings.toSorted((a, b) => a.ceilingMs - b.ceilingMs);
  if (ceiling === undefined) return undefined;
  const maxSeconds = Math.max(timeoutLimitsSeconds.min, Math.floor((ceiling.ceilingMs - wayBackMs) / 1000));
  return { ceiling, maxSeconds };
};
