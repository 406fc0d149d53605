import { describe, expect, it } from "vitest";
import { normalDensity } from "../../../core/statistics/kernel-density.ts";
import { shiftLocation } from "../../../core/statistics/shift-location.ts";

const grid = { from: -4, step: 0.01, places: 801 };
const logLaw = (densityAt: (place: number) => number): Float64Array =>
  Float64Array.from({ length: grid.places }, (_, index) =>
    Math.log(Math.max(1e-9, densityAt(grid.from + index * grid.step))),
  );

const bell = logLaw((place) => normalDensity(place, 0.1));
/** Seven of ten values at 0, the others at 0.7: twice as long. */
const twoPeaks = logLaw((place) => 0.7 * normalDensity(place, 0.02) + 0.3 * normalDensity(place - 0.7, 0.02));

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe("shiftLocation", () => {
  it.each([
    [[5], 5, 5],
    [[5.1, 5.3], 5, 5.2],
    [[5.1, 5.1, 5.4], 5.2, 5.2],
    [[3.9, 4.1], 5, 4],
    [[-0.02, 0.04], 0.5, 0.01],
  ])("of %j from a first guess %d is %d where the law is a bell", (values, guess, expected) => {
    // The guess counts as a value with an sd of 0.8, which is little beside 0.1.
    expect(Math.abs(shiftLocation(values, guess, grid, bell).location - expected)).toBeLessThan(0.02);
  });

  it("has the variance of the law over the number of values, where the law is a bell", () => {
    for (const n of [1, 4, 16]) {
      const { variance } = shiftLocation(times(n, 7), 7, grid, bell);
      expect(variance / (0.01 / n)).toBeCloseTo(1, 1);
    }
  });

  it.each([
    ["the lower peak", [2, 2, 2.7], 2],
    ["the upper peak, if most values are of it", [2, 2.7, 2.7, 2.7], 2],
  ])("is at two peaks as far apart as the law's, whatever the mean of the values: %s", (_, values, expected) => {
    for (const guess of [1.9, 2.2, 2.7]) {
      const { location, variance } = shiftLocation(values, guess, grid, twoPeaks);
      expect(Math.abs(location - expected)).toBeLessThan(0.01);
      expect(Math.sqrt(variance)).toBeLessThan(0.03);
    }
  });

  it("is uncertain after values of one peak of two, and the less so the more of them", () => {
    const sds = [1, 2, 6].map((n) => Math.sqrt(shiftLocation(times(n, 2), 2, grid, twoPeaks).variance));
    expect(sds[0]).toBeGreaterThan(0.2);
    expect(sds[1]).toBeLessThan(sds[0] ?? 0);
    expect(sds[2]).toBeLessThan(0.3 * (sds[0] ?? 0));
  });

  it("is not moved by a value where the law has next to nothing", () => {
    const body = [3, 3, 3];
    const without = shiftLocation(body, 3, grid, bell).location;
    expect(shiftLocation([...body, 6], 3, grid, bell).location).toBeCloseTo(without, 6);
    expect(shiftLocation([...body, 1e6], 3, grid, bell).location).toBeCloseTo(without, 6);
  });

  it("is the guess, and vague, where the law says nothing", () => {
    const { location, variance } = shiftLocation([1, 2, 9], 3, grid, new Float64Array(grid.places));
    expect(location).toBeCloseTo(3, 9);
    expect(Math.sqrt(variance)).toBeGreaterThan(0.7);
  });

  it("never is surer than a grid can be", () => {
    const { variance } = shiftLocation(times(10_000, 1), 1, grid, bell);
    expect(Math.sqrt(variance)).toBeCloseTo(0.006, 12);
  });
});
