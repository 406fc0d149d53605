import type { QuantileBound } from "./quantile-bound.ts";
import type { Slowdown } from "./timeout-input.ts";

/**
 * Carries a bound from the current to the recommended size.
 *
 * Both factors are known with an error of their own, and independently: on the log scale their half widths add as the
 * sides of a right triangle do, which is tighter than multiplying one upper bound with the other and as safe. Never
 * below what was bounded at the current size.
 *
 * @param bound - Of a quantile at the current size.
 * @param slowdown - 1 or more, with its upper bound.
 */
export const scaleBound = (bound: QuantileBound, slowdown: Slowdown): QuantileBound => {
  const expectedMs = bound.expectedMs * slowdown.expected;
  const halfWidth = Math.hypot(
    Math.log(bound.upperMs / bound.expectedMs),
    Math.log(slowdown.upper / slowdown.expected),
  );
  return { ...bound, expectedMs, upperMs: Math.max(bound.upperMs, expectedMs * Math.exp(halfWidth)) };
};
