import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fallingRegression } from "../../../core/statistics/falling-regression.ts";

const equal = (values: readonly number[]) => values.map((value) => ({ value, weight: 1 }));

describe("fallingRegression", () => {
  // R: -isoreg(-c(9, 5, 7, 6, 1, 2))$yf
  it.each([
    [
      [9, 5, 7, 6, 1, 2],
      [9, 6, 6, 6, 1.5, 1.5],
    ],
    [
      [3, 2, 1],
      [3, 2, 1],
    ],
    [
      [1, 2, 3],
      [2, 2, 2],
    ],
    [[], []],
  ])("of %j is %j", (values, levels) => {
    expect(fallingRegression(equal(values))).toEqual(levels);
  });

  it("counts a value by its weight", () => {
    expect(
      fallingRegression([
        { value: 1, weight: 3 },
        { value: 5, weight: 1 },
      ]),
    ).toEqual([2, 2]);
  });

  const weighted = fc.array(
    fc.record({
      value: fc.double({ min: -10, max: 10, noNaN: true }),
      weight: fc.double({ min: 0.1, max: 10, noNaN: true }),
    }),
    { minLength: 1, maxLength: 12 },
  );

  it("never rises, keeps the weighted mean, and is its own regression", () => {
    fc.assert(
      fc.property(weighted, (values) => {
        const levels = fallingRegression(values);
        for (const [index, level] of levels.slice(1).entries()) expect(level).toBeLessThanOrEqual(levels[index] ?? 0);
        const sum = (of: readonly number[]) =>
          of.reduce((total, value, index) => total + value * (values[index]?.weight ?? 0), 0);
        expect(sum(levels)).toBeCloseTo(sum(values.map(({ value }) => value)), 6);
        const again = fallingRegression(levels.map((value, index) => ({ value, weight: values[index]?.weight ?? 1 })));
        for (const [index, level] of again.entries()) expect(level).toBeCloseTo(levels[index] ?? 0, 9);
      }),
    );
  });
});
