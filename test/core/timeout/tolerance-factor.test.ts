import { expect, it } from "vitest";
import { toleranceFactor } from "../../../core/timeout/tolerance-factor.ts";

// Exact factors. SciPy: nct.ppf(0.95, n - 1, norm.ppf(p) * sqrt(n)) / sqrt(n)
it.each([
  [4, 0.99, 7.0424],
  [10, 0.99, 3.9811],
  [20, 0.99, 3.2952],
  [50, 0.99, 2.8624],
  [100, 0.9999, 4.2465],
])("is close to the exact factor for n = %d, p = %d", (n, p, exact) => {
  const factor = toleranceFactor(n, p, 0.95);
  expect(factor).toBeGreaterThan(0.985 * exact);
  expect(factor).toBeLessThan(1.04 * exact);
});

it("has no answer for two values", () => {
  expect(toleranceFactor(2, 0.99, 0.95)).toBeUndefined();
});
