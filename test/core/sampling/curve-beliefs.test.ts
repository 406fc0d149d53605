import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CurveBelief,
  curveBeliefs,
  octavesOf,
  priorCovariance,
  priorMean,
} from "../../../core/sampling/curve-beliefs.ts";
import { choleskyFactor } from "../../../core/statistics/cholesky.ts";

const measured = [192, 512, 1024, 1769].map(octavesOf);
const smooth: CurveBelief = { weight: 1, kernel: 0, amplitude: 1, noiseFactor: 1 };
const cliff: CurveBelief = { ...smooth, gap: { from: octavesOf(256), to: octavesOf(512) } };

it("octavesOf counts doublings over 1 GB", () => {
  expect([256, 1024, 8192].map(octavesOf)).toEqual([-2, 0, 3]);
});

describe("curveBeliefs", () => {
  const weightOf = (beliefs: readonly CurveBelief[]): number => beliefs.reduce((sum, { weight }) => sum + weight, 0);

  it("are all there is to believe: their weights sum to 1", () => {
    const sizes = fc.uniqueArray(fc.integer({ min: 128, max: 10_240 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, (sizesMb) => {
        const beliefs = curveBeliefs(sizesMb.toSorted((a, b) => a - b).map(octavesOf));
        expect(weightOf(beliefs)).toBeCloseTo(1, 12);
        for (const { weight } of beliefs) expect(weight).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("know no cliff while a single size was measured", () => {
    expect(curveBeliefs([octavesOf(512)]).filter(({ gap }) => gap !== undefined)).toEqual([]);
  });

  it("think a cliff likelier in a wider gap, and where memory is small", () => {
    const inGap = (sizesMb: readonly number[], index: number): number => {
      const octaves = sizesMb.map(octavesOf);
      return weightOf(curveBeliefs(octaves).filter(({ gap }) => gap?.from === octaves[index]));
    };
    expect(inGap([128, 512, 1024], 0)).toBeCloseTo(2 * inGap([128, 512, 1024], 1), 12);
    expect(inGap([512, 1024, 2048, 4096], 1)).toBeLessThan(inGap([512, 1024, 2048, 4096], 0));
    expect(inGap([512, 1024, 2048, 4096], 2)).toBeLessThan(inGap([512, 1024, 2048, 4096], 1));
  });
});

describe("priorMean", () => {
  const meanAt = (belief: CurveBelief, memoryMb: number): number => priorMean(belief, [octavesOf(memoryMb)])[0] ?? 0;

  it("falls with the CPU share up to one vCPU, and hardly above", () => {
    const perDoubling = (memoryMb: number): number => meanAt(smooth, 2 * memoryMb) - meanAt(smooth, memoryMb);
    // By hand: slopes of -0.55 and -0.08 of log duration on log memory.
    expect(perDoubling(256)).toBeCloseTo(-0.55 * Math.LN2, 12);
    expect(perDoubling(3008)).toBeCloseTo(-0.08 * Math.LN2, 12);
  });

  it("is higher below a cliff, by half of that amid its gap, and the same above", () => {
    const drops = [128, 256, 362, 512, 1024].map((mb) => meanAt(cliff, mb) - meanAt(smooth, mb));
    for (const [index, drop] of [0.5, 0.5, 0.25, 0, 0].entries()) expect(drops[index]).toBeCloseTo(drop, 3);
  });
});

describe("priorCovariance", () => {
  const variances = (belief: CurveBelief, sizesMb: readonly number[]): Float64Array[] => {
    const places = sizesMb.map(octavesOf);
    return priorCovariance(places, places)(belief);
  };

  it("is a covariance by every belief, whatever the sizes", () => {
    const sizes = fc.uniqueArray(fc.integer({ min: 128, max: 10_240 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(sizes, (sizesMb) => {
        const ascending = sizesMb.toSorted((a, b) => a - b);
        for (const belief of curveBeliefs(ascending.map(octavesOf))) {
          const covariance = variances(belief, ascending);
          for (const [row, values] of covariance.entries()) {
            for (const [column, value] of values.entries()) expect(covariance[column]?.[row]).toBeCloseTo(value, 12);
          }
          for (const [index, row] of covariance.entries()) row[index] = (row[index] ?? 0) + 1e-7;
          expect(() => choleskyFactor(covariance)).not.toThrow();
        }
      }),
      { numRuns: 25 },
    );
  });

  it("lets a cliff part the sizes on both of its sides, and no others", () => {
    const ratio = (belief: CurveBelief, a: number, b: number): number => {
      const [[aa = 0, ab = 0] = [], [, bb = 0] = []] = variances(belief, [a, b]).map((row) => [...row]);
      return aa + bb - 2 * ab;
    };
    expect(ratio(cliff, 192, 600)).toBeGreaterThan(ratio(smooth, 192, 600) + 0.1);
    expect(ratio(cliff, 600, 1024)).toBeCloseTo(ratio(smooth, 600, 1024), 9);
    expect(ratio(cliff, 128, 200)).toBeCloseTo(ratio(smooth, 128, 200), 9);
  });

  it("between two lists of sizes is a part of that among all of them", () => {
    const belief = curveBeliefs(measured).at(-1) ?? smooth;
    const all = priorCovariance(measured, measured)(belief);
    const part = priorCovariance(measured.slice(0, 2), measured.slice(2))(belief);
    expect(part).toEqual(all.slice(0, 2).map((row) => row.slice(2)));
  });
});
