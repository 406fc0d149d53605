import { expect, it } from "vitest";
import { supportsPercentile } from "../../../core/statistics/supported-percentile.ts";

it.each([
  [50, 3],
  [90, 10],
  [95, 20],
  [99, 100],
  [99.9, 1000],
])("p%d is supported from %d values on", (percentile, n) => {
  expect(supportsPercentile(n, percentile)).toBe(true);
  expect(supportsPercentile(n - 1, percentile)).toBe(false);
});
