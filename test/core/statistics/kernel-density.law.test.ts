import * as fc from "fast-check";
import { expect, it } from "vitest";
import { kernelSum, neighbourDistance } from "../../../core/statistics/kernel-density.ts";

it("finds the distance that sorting all distances finds", () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(values, fc.nat({ max: 11 }), fc.integer({ min: 1, max: 13 }), (given, pick, k) => {
      const sorted = given.toSorted((a, b) => a - b);
      const value = sorted[pick % sorted.length] ?? Number.NaN;
      const distances = sorted.map((other) => Math.abs(other - value)).sort((a, b) => a - b);
      // The first of the distances is that of the value to itself.
      expect(neighbourDistance(sorted, value, k)).toBe(distances[k] ?? Number.POSITIVE_INFINITY);
    }),
  );
});

it("moves by a place when the values move by a step", () => {
  const grid = { from: -3, step: 0.125, places: 49 };
  // Multiples of a power of two, so that no sum is rounded.
  const kernel = fc.record({
    value: fc.integer({ min: -64, max: 64 }).map((n) => n / 64),
    bandwidth: fc.constantFrom(0.0625, 0.25, 0.5),
  });
  fc.assert(
    fc.property(fc.array(kernel, { maxLength: 8 }), (kernels) => {
      const moved = kernels.map(({ value, bandwidth }) => ({ value: value + grid.step, bandwidth }));
      const [before, after] = [kernelSum(grid, kernels), kernelSum(grid, moved)];
      expect(after.slice(1)).toEqual(before.slice(0, -1));
    }),
  );
});
