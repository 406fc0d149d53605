import { expect, it } from "vitest";
import { payloadSequence } from "../../../core/planning/payload-sequence.ts";

const firstOf = (weights: readonly number[], count: number, seed = 1): number[] => {
  const next = payloadSequence(weights, seed);
  return Array.from({ length: count }, (_, place) => next(place));
};

it("sends payloads of equal weight in turn", () => {
  const order = firstOf([1, 1, 1], 6);
  expect(new Set(order.slice(0, 3)).size).toBe(3);
  expect(order.slice(3)).toEqual(order.slice(0, 3));
});

it("sends a payload of 10 % weight once among the first ten", () => {
  expect(firstOf([9, 1], 10).filter((payload) => payload === 1)).toHaveLength(1);
});

it("gives the same order for the same seed, and another for another", () => {
  const weights = Array.from({ length: 20 }, () => 1);
  expect(firstOf(weights, 20, 7)).toEqual(firstOf(weights, 20, 7));
  expect(firstOf(weights, 20, 7)).not.toEqual(firstOf(weights, 20, 8));
});

it("gives a place the same payload whenever it is asked", () => {
  const next = payloadSequence([2, 1], 1);
  const late = next(8);
  expect(firstOf([2, 1], 9)[8]).toBe(late);
  expect(next(8)).toBe(late);
});

it("needs a payload", () => {
  expect(() => payloadSequence([], 1)).toThrow(RangeError);
});
