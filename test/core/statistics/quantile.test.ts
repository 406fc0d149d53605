import { expect, it } from "vitest";
import { quantile } from "../../../core/statistics/quantile.ts";

const values = Object.freeze([12.1, 12.9, 13.4, 11.8, 30.2, 12.6, 12.2]);

// NumPy 2.4: numpy.quantile(a, p); R: quantile(a, p, type = 7)
it.each([
  [0, 11.8],
  [0.25, 12.15],
  [0.5, 12.6],
  [0.9, 20.12],
  [1, 30.2],
])("of %d is %d", (p, expected) => {
  expect(quantile(values, p)).toBeCloseTo(expected, 12);
});

it("of one value is that value", () => {
  expect(quantile([7], 0.99)).toBe(7);
});

it.each([
  [[], 0.5],
  [[1], -0.1],
  [[1], 1.1],
  [[1], Number.NaN],
])("refuses %j at %d", (list, p) => {
  expect(() => quantile(list, p)).toThrow(RangeError);
});
