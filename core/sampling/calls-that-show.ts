import { binomialTail } from "../statistics/binomial-tail.ts";
import { samplesForUpperBound } from "../statistics/samples-for-upper-bound.ts";

/** How sure it should be beforehand that the calls will show it. */
const power = 0.7;
/** Slow calls that are allowed for at most. */
const slowCallsAllowed = 2;

/**
 * Fewest calls that probably show a quantile to be below a limit: with a few slow ones among them, an order statistic below
 * the limit must still bound it.
 *
 * @param q - Which quantile, above 0 and below 1.
 * @param confidence - Of the bound, one-sided.
 * @param share - Of calls that are expected to be slower than the limit.
 * @param slowBefore - Calls above the limit so far.
 * @param atMost - Calls that there may be in all.
 * @returns `undefined` when there would have to be more.
 *
 * @example
 * ```ts
 * callsThatShow(0.95, 0.95, 0, 0, 100); // => 59
 * callsThatShow(0.95, 0.95, 0.02, 1, 200); // => 124
 * callsThatShow(0.99, 0.95, 0, 0, 100); // => undefined
 * ```
 */
export const callsThatShow = (
  q: number,
  confidence: number,
  share: number,
  slowBefore: number,
  atMost: number,
): number | undefined => {
  let best: number | undefined;
  for (let slow = slowBefore; slow <= Math.max(slowBefore, slowCallsAllowed); slow++) {
    let n = best ?? samplesForUpperBound(q, confidence);
    while (1 - binomialTail(n, q, n - slow) < confidence) n++;
    if (n > atMost) return best;
    best = n;
    if (1 - binomialTail(n, share, slow + 1) >= power) return n;
  }
  return best;
};
