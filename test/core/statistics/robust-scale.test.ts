import { describe, expect, it } from "vitest";
import { pooledScale, shrunkScale } from "../../../core/statistics/robust-scale.ts";

const prior = { sd: 0.1, weight: 2 };

describe("pooledScale", () => {
  it("is that of the residuals from each group's own median, corrected for their number", () => {
    const residuals = 1.4826 * Math.sqrt(5 / 4);
    expect(
      pooledScale(
        [
          [1, 2, 3, 4, 5],
          [101, 102, 103, 104, 105],
        ],
        { sd: 0, weight: 0 },
        0,
      ),
    ).toBeCloseTo(residuals, 12);
  });

  it("is the prior's where no group shows a spread, and no smaller than asked", () => {
    expect(pooledScale([[7], [9]], prior, 0.01)).toBeCloseTo(0.1, 12);
    expect(pooledScale([[7, 7, 7, 7, 7, 7]], { sd: 0, weight: 2 }, 0.01)).toBe(0.01);
  });

  it("is hardly moved by one far outlier", () => {
    const values = [1, 2, 3, 4, 5, 6, 7];
    const quiet = { sd: 0, weight: 0 };
    expect(pooledScale([[...values, 1000]], quiet, 0)).toBeLessThan(1.5 * pooledScale([values], quiet, 0));
  });
});

describe("shrunkScale", () => {
  it("goes from the common scale to a group's own with the number of its values", () => {
    // As many of the one as of the other: the median lies between, and each is 1 away from it.
    const spread = (n: number): number[] => Array.from({ length: n }, (_, index) => (index % 2 === 0 ? -1 : 1));
    expect(shrunkScale([3], 0.1, 8, 0)).toBeCloseTo(0.1, 12);
    expect(shrunkScale(spread(10), 0.1, 8, 0)).toBeCloseTo(Math.sqrt((8 * 0.01 + 9 * 1.4826 ** 2) / 17), 12);
  });

  it("is no smaller than asked", () => {
    expect(shrunkScale([1, 1, 1], 0, 8, 0.01)).toBe(0.01);
  });
});
