import { describe, expect, it } from "vitest";
import { huberLocation } from "../../../core/statistics/huber-location.ts";

describe("huberLocation", () => {
  // By hand: residuals over the scale, cut at 1.5, sum to 0. SciPy 1.17 agrees: optimize.minimize_scalar of Huber's loss.
  it.each([
    [[1, 2, 3, 4, 100], 1, 3],
    [[0.1, 0.2, 0.25, 0.3, 5, 7], 0.1, 0.3],
    [[-1, 0, 1, 1.4], 0.5, 0.5],
  ])("of %j with scale %d is %d", (values, scale, expected) => {
    expect(huberLocation(values, scale)).toBeCloseTo(expected, 6);
  });

  it("is the mean where no value is far", () => {
    expect(huberLocation([10, 11, 13], 2)).toBeCloseTo(34 / 3, 12);
  });

  it("is hardly moved by how far an outlier lies", () => {
    expect(huberLocation([1, 2, 3, 1e6], 1)).toBeCloseTo(huberLocation([1, 2, 3, 1e3], 1), 6);
  });

  it.each([0, Number.NaN])("is the median with scale %d", (scale) => {
    expect(huberLocation([9, 1, 2], scale)).toBe(2);
  });

  it.each([
    [[7], 7],
    [[4, 6], 5],
    [[1, 101], 51],
  ])("of %j is the mean", (values, expected) => {
    expect(huberLocation(values, 1)).toBeCloseTo(expected, 9);
  });

  it("leaves the values in their order", () => {
    const values = [3, 1, 2];
    huberLocation(values, 1);
    expect(values).toEqual([3, 1, 2]);
  });

  it("does not exist without values", () => {
    expect(() => huberLocation([], 1)).toThrow(RangeError);
  });
});
