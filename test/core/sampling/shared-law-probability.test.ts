import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Residual, sharedLawProbability } from "../../../core/sampling/shared-law-probability.ts";
import { seededGenerator } from "../../../core/statistics/seeded-generator.ts";

const sizes = [-2.5, -1, 0, 0.8];

/** Calls of each size, with residuals from a uniform number and the memory in octaves over 1 GB. */
const residualsOf = (count: number, residual: (position: number, octaves: number) => number, seed = 1): Residual[] => {
  const random = seededGenerator(seed);
  return sizes.flatMap((octaves) =>
    Array.from({ length: count }, () => ({ octaves, residual: residual(random(), octaves) })),
  );
};

const alike = (position: number): number => 0.1 * (position - 0.5);
/** One call in four takes e times as long at sizes under 1 GB, none above. */
const slowIfSmall = (position: number, octaves: number): number =>
  octaves < 0 && position > 0.75 ? 1 : 0.1 * (position - 0.5);
const slowIfLarge = (position: number, octaves: number): number => slowIfSmall(position, -0.1 - octaves);
/** The spread doubles with every octave less. */
const widerIfSmall = (position: number, octaves: number): number => 0.1 * (position - 0.5) * 2 ** -octaves;

describe("sharedLawProbability", () => {
  it.each([1, 2, 3, 4, 5])("stays high where durations are alike at all sizes (seed %d)", (seed) => {
    expect(sharedLawProbability(residualsOf(20, alike, seed))).toBeGreaterThan(0.5);
  });

  it("stays high where slow calls are as frequent at all sizes", () => {
    const outliers = (position: number): number => (position > 0.75 ? 2 : 0.1 * (position - 0.5));
    expect(sharedLawProbability(residualsOf(20, outliers))).toBeGreaterThan(0.5);
  });

  it.each([
    ["slow calls come at small sizes only", slowIfSmall],
    ["slow calls come at large sizes only", slowIfLarge],
    ["the spread falls with memory", widerIfSmall],
    ["the spread rises with memory", (position: number, octaves: number) => widerIfSmall(position, -octaves)],
  ])("falls with the calls where %s", (_, residual) => {
    const [some = 1, more = 1, many = 1] = [5, 20, 60].map((count) =>
      sharedLawProbability(residualsOf(count, residual)),
    );
    expect(more).toBeLessThan(0.5);
    expect(many).toBeLessThan(0.02);
    expect(some).toBeGreaterThanOrEqual(more);
    expect(more).toBeGreaterThan(many);
  });

  it("sees slow calls at small sizes beside one that is a thousand times slower", () => {
    // As far below the location at large sizes as above it at small ones: only the slow calls show a trend.
    const skewed = (position: number, octaves: number): number => (position < 0.3 ? (octaves < 0 ? 0.7 : -0.7) : 0);
    const [, ...others] = residualsOf(25, skewed);
    expect(sharedLawProbability([{ octaves: -2.5, residual: Math.log(1000) }, ...others])).toBeLessThan(0.1);
  });

  it.each<[string, Residual[]]>([
    ["no call", []],
    ["one", [{ octaves: 0, residual: 0.1 }]],
    [
      "two of different sizes",
      [
        { octaves: 0, residual: 0.1 },
        { octaves: 1, residual: -3 },
      ],
    ],
    ["calls of one size", [0.1, 0.2, 3].map((residual) => ({ octaves: 1, residual }))],
    ["constant durations", residualsOf(5, () => 0)],
  ])("is as high as can be where nothing could show a trend: %s", (_, residuals) => {
    expect(sharedLawProbability(residuals)).toBeCloseTo(2 / 3, 12);
  });

  it("is between 0 and two thirds, and indifferent to the order, whatever the durations", () => {
    const point = fc.record({
      octaves: fc.double({ min: -3, max: 3.4, noNaN: true }),
      residual: fc.double({ min: -15, max: 15, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 40 }), (residuals) => {
        const probability = sharedLawProbability(residuals);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(2 / 3 + 1e-12);
        expect(sharedLawProbability(residuals.toReversed())).toBeCloseTo(probability, 6);
      }),
    );
  });
});
