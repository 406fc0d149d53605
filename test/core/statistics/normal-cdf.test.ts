import { expect, it } from "vitest";
import { normalCdf } from "../../../core/statistics/normal-cdf.ts";
import { normalQuantile } from "../../../core/statistics/normal-quantile.ts";

// SciPy 1.17: stats.norm.cdf(z)
it.each([
  [-8, 6.22096057427174e-16],
  [-3, 0.0013498980316300933],
  [-1.5, 0.06680720126885807],
  [0, 0.5],
  [0.3, 0.6179114221889526],
  [2, 0.9772498680518208],
  [5, 0.9999997133484281],
])("of %d is %d", (z, expected) => {
  expect(Math.abs(normalCdf(z) - expected)).toBeLessThan(1e-14);
});

it("gives back the probability of a quantile", () => {
  for (let p = 0.001; p < 1; p += 0.001) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
});

it("rises from 0 to 1, symmetric around a half", () => {
  const values = Array.from({ length: 161 }, (_, step) => normalCdf((step - 80) / 2));
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect([values[0], values.at(-1)]).toEqual([0, 1]);
  for (const [index, value] of values.entries()) expect(value + (values[160 - index] ?? 0)).toBeCloseTo(1, 13);
});
