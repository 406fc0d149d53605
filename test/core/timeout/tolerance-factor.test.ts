import { expect, it } from "vitest";
import { toleranceFactor } from "../../../core/timeout/tolerance-factor.ts";

// SciPy 1.17: nct.ppf(confidence, n - 1, norm.ppf(p) * sqrt(n)) / sqrt(n)
it.each([
  [2, 0.99, 0.95, 37.093581],
  [2, 0.9999, 0.99, 296.725973],
  [3, 0.9999, 0.95, 16.597794],
  [4, 0.99, 0.95, 7.042363],
  [5, 0.9999, 0.99, 13.906492],
  [10, 0.99, 0.8, 3.077797],
  [10, 0.99, 0.95, 3.981118],
  [20, 0.99, 0.95, 3.295157],
  [100, 0.9999, 0.95, 4.246518],
  [298, 0.9999, 0.99, 4.134699],
])("is the exact factor for n = %d, p = %d, confidence %d", (n, p, confidence, exact) => {
  expect(toleranceFactor(n, p, confidence) / exact).toBeCloseTo(1, 2);
});

it("knows no spread of a single value", () => {
  expect(() => toleranceFactor(1, 0.99, 0.95)).toThrow(RangeError);
});
