import { seededGenerator } from "../statistics/seeded-generator.ts";

/**
 * The order in which payloads are sent: every beginning of it is as representative as its length allows.
 *
 * The payload that lags furthest behind its share comes next, so none is ever sent a whole invocation more often than its
 * share: four invocations of two equal payloads are two and two. The seed decides between payloads that are equally due.
 *
 * @param weights - One a payload, above 0.
 * @param seed - Of the run.
 * @returns The payload of an invocation, by the invocation's place in the sequence, from 0.
 * @throws RangeError when there is no payload.
 *
 * @example
 * ```ts
 * const next = payloadSequence([3, 1], 1);
 * [0, 1, 2, 3].map(next).filter((payload) => payload === 0).length; // => 3
 * ```
 */
export const payloadSequence = (weights: readonly number[], seed: number): ((place: number) => number) => {
  if (weights.length === 0) throw new RangeError("Expected at least one payload.");
  const random = seededGenerator(seed);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => weight / total);
  const preferences = weights.map(() => random() * tieBreaker);
  const counts = weights.map(() => 0);
  const order: number[] = [];
  return (place) => {
    while (order.length <= place) {
      const due = mostDue(shares, preferences, counts, order.length + 1);
      counts[due] = (counts[due] ?? 0) + 1;
      order.push(due);
    }
    return order[place] ?? 0;
  };
};

/** Far below any difference that shares make, far above rounding. */
const tieBreaker = 1e-6;

const mostDue = (
  shares: readonly number[],
  preferences: readonly number[],
  counts: readonly number[],
  sent: number,
): number => {
  const due = shares.map((share, payload) => share * sent - (counts[payload] ?? 0) + (preferences[payload] ?? 0));
  return due.indexOf(Math.max(...due));
};
