import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SizeTail, tailLaw } from "../../../core/sampling/tail-law.ts";

const tailOf = (memoryMb: number, n: number, outliers: number, excess = 20): SizeTail => ({
  octaves: Math.log2(memoryMb / 1024),
  n,
  excesses: Array.from({ length: outliers }, () => excess),
});

/** Factor from the body's mean to the billed mean at each size, over all beliefs. */
const factors = (sizes: readonly SizeTail[]): number[] => {
  const { beliefs } = tailLaw(sizes);
  return sizes.map((_, size) =>
    beliefs.reduce((sum, { weight, logFactors }) => sum + weight * Math.exp(logFactors[size] ?? Number.NaN), 0),
  );
};

const sizesMb = [192, 512, 1024, 1769];

describe("tailLaw", () => {
  it("puts next to nothing on where no outlier was seen", () => {
    for (const factor of factors(sizesMb.map((mb) => tailOf(mb, 6, 0)))) {
      expect(factor).toBeGreaterThan(1);
      expect(factor).toBeLessThan(1.02);
    }
  });

  it("gives all sizes much the same where all have outliers, also the one that happened to show none", () => {
    const all = factors([tailOf(192, 20, 2), tailOf(512, 20, 2), tailOf(1024, 20, 0), tailOf(1769, 20, 2)]);
    // 6 of 80 calls take 21 times as long: 1 + 20 * 6 / 80 = 2.5.
    for (const factor of all) {
      expect(factor).toBeGreaterThan(1.7);
      expect(factor).toBeLessThan(3.2);
    }
  });

  it("does not raise the others for heavy tails at one size alone", () => {
    const [alone = 0, ...others] = factors([
      tailOf(192, 20, 8),
      tailOf(512, 20, 0),
      tailOf(1024, 20, 0),
      tailOf(1769, 20, 0),
    ]);
    // 8 of 20 calls take 21 times as long: 1 + 20 * 0.4 = 9.
    expect(alone).toBeGreaterThan(6);
    expect(alone).toBeLessThan(10);
    for (const factor of others) expect(factor).toBeLessThan(2);
    const [below = 9, , above = 9] = factors([tailOf(480, 40, 0), tailOf(512, 40, 16), tailOf(546, 40, 0)]);
    expect(Math.max(below, above)).toBeLessThan(2.5);
  });

  it("expects fewer outliers at larger sizes where they become fewer with memory", () => {
    const falling = factors([tailOf(256, 40, 12), tailOf(512, 40, 6), tailOf(1024, 40, 3), tailOf(2048, 40, 1)]);
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    expect(falling[0]).toBeGreaterThan(1.3 * (falling[1] ?? 0));
  });

  it("expects few at a larger size that was hardly measured, where they become fewer with memory", () => {
    const few = [tailOf(4096, 3, 0)];
    const falling = factors([tailOf(256, 40, 12), tailOf(512, 40, 6), tailOf(1024, 40, 3), ...few]);
    const level = factors([tailOf(256, 40, 7), tailOf(512, 40, 7), tailOf(1024, 40, 7), ...few]);
    expect((falling[3] ?? 0) - 1).toBeLessThan(0.5 * ((level[3] ?? 0) - 1));
  });

  it("takes the magnitude of outliers from the size itself, and from others where it has none", () => {
    const [mild = 0, grave = 0] = [2, 40].map((excess) => factors([tailOf(512, 20, 3, excess), tailOf(600, 20, 0)])[1]);
    expect(grave).toBeGreaterThan(mild);
  });

  it("is the surer of a size the more of its calls were seen, or will be", () => {
    const [few, many] = [8, 80].map((n) => tailLaw(sizesMb.map((mb) => tailOf(mb, n, n / 8))));
    expect(many?.sharedVariance).toBeLessThan(few?.sharedVariance ?? 0);
    for (const [index, belief] of (few?.beliefs ?? []).entries()) {
      expect(belief.varianceWith(0, 10)).toBeLessThan(belief.varianceWith(0, 0));
      expect(belief.varianceAfter(10)).toBeLessThan(belief.varianceAfter(1));
      expect(many?.beliefs[index]?.varianceWith(0, 0)).toBeLessThan(belief.varianceWith(0, 0));
    }
  });

  it("is finite, never below 1 and indifferent to the order of sizes, whatever was seen", () => {
    const tail = fc
      .record({
        mb: fc.integer({ min: 128, max: 10_240 }),
        n: fc.integer({ min: 1, max: 200 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        excess: fc.double({ min: 0.2, max: 1e4, noNaN: true }),
      })
      .map(({ mb, n, share, excess }) => tailOf(mb, n, Math.floor(share * n), excess));
    fc.assert(
      fc.property(fc.array(tail, { minLength: 1, maxLength: 8 }), (sizes) => {
        const law = tailLaw(sizes);
        expect(law.beliefs.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(law.sharedVariance).toBeGreaterThan(0);
        const reversed = factors(sizes.toReversed()).toReversed();
        for (const [index, factor] of factors(sizes).entries()) {
          expect(factor).toBeGreaterThanOrEqual(1);
          expect(factor / (reversed[index] ?? Number.NaN)).toBeCloseTo(1, 6);
        }
        for (const { varianceWith, varianceAfter } of law.beliefs) {
          for (const variance of [...sizes.map((_, size) => varianceWith(size, 0)), varianceAfter(3)]) {
            expect(variance).toBeGreaterThanOrEqual(0);
            expect(variance).toBeLessThan(Number.POSITIVE_INFINITY);
          }
        }
      }),
    );
  });
});
