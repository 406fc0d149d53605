import { mapIterationsAtOnce } from "./dispatch.ts";

/** Concurrent executions that AWS grants: those reserved for the target, and those that all other functions share. */
export interface ConcurrencyLimits {
  readonly reserved?: number;
  readonly unreserved?: number;
}

/**
 * Invocations of the target that a run may have in flight at once.
 *
 * Of a reservation, half: production has the rest. Of what functions share, whatever leaves a Measure function for each
 * size and one execution for anybody else; a processor runs before or after an invocation, in its place.
 *
 * @returns At least 1; `undefined` where no limit is known.
 *
 * @example
 * ```ts
 * spareConcurrency({ unreserved: 10 }); // => 4
 * ```
 */
export const spareConcurrency = ({ reserved, unreserved }: ConcurrencyLimits): number | undefined => {
  if (reserved !== undefined) return Math.max(1, Math.floor(reserved / 2));
  if (unreserved === undefined) return undefined;
  const left = unreserved - 1;
  // As many sizes as invocations, until no more sizes are measured at once.
  return Math.max(1, Math.floor(left / 2), left - mapIterationsAtOnce);
};
