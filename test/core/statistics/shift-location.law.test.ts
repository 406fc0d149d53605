import * as fc from "fast-check";
import { expect, it } from "vitest";
import { shiftLocation } from "../../../core/statistics/shift-location.ts";

const grid = { from: -8, step: 0.03125, places: 513 };
const placeAt = (index: number): number => grid.from + index * grid.step;
const bell = Float64Array.from({ length: grid.places }, (_, index) => -0.5 * (placeAt(index) / 0.2) ** 2);

const number = fc.double({ min: -3, max: 3, noNaN: true });
const values = fc.array(number, { minLength: 1, maxLength: 12 });
/** Any law: also one with many peaks and steps. */
const anyLaw = fc
  .array(fc.double({ min: -21, max: 4, noNaN: true }), { minLength: 1, maxLength: 40 })
  .map((heights) => Float64Array.from({ length: grid.places }, (_, index) => heights[index % heights.length] ?? 0));

it("moves with the values and the guess, within a step of the grid", () => {
  fc.assert(
    fc.property(values, number, fc.double({ min: -20, max: 20, noNaN: true }), (given, guess, by) => {
      const moved = shiftLocation(
        given.map((value) => value + by),
        guess + by,
        grid,
        bell,
      );
      const { location } = shiftLocation(given, guess, grid, bell);
      expect(Math.abs(moved.location - by - location)).toBeLessThan(1.01 * grid.step);
    }),
  );
});

it("moves with them exactly where nothing is rounded, whatever the law", () => {
  const dyadic = fc.integer({ min: -192, max: 192 }).map((n) => n / 64);
  fc.assert(
    fc.property(
      fc.array(dyadic, { minLength: 1, maxLength: 12 }),
      dyadic,
      fc.integer({ min: -20, max: 20 }),
      anyLaw,
      (given, guess, by, law) => {
        const before = shiftLocation(given, guess, grid, law);
        const moved = shiftLocation(
          given.map((value) => value + by),
          guess + by,
          grid,
          law,
        );
        expect(moved.location - by).toBeCloseTo(before.location, 9);
        expect(moved.variance).toBe(before.variance);
      },
    ),
  );
});

it("is finite and near the guess, with a variance above 0, whatever the values and the law", () => {
  const anyNumber = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(anyNumber, { minLength: 1, maxLength: 12 }), number, anyLaw, (given, guess, law) => {
      const { location, variance } = shiftLocation(given, guess, grid, law);
      expect(Math.abs(location - guess)).toBeLessThanOrEqual(2);
      expect(variance).toBeGreaterThan(0);
      // Of a shift between -2 and 2.
      expect(variance).toBeLessThanOrEqual(4);
    }),
  );
});

it("does not depend on the order of the values", () => {
  fc.assert(
    fc.property(values, number, anyLaw, (given, guess, law) => {
      const { location } = shiftLocation(given, guess, grid, law);
      expect(shiftLocation(given.toReversed(), guess, grid, law).location).toBeCloseTo(location, 9);
    }),
  );
});
