import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noPressure, pressureRisks } from "../../../core/sampling/pressure-risk.ts";
import type { SizeTail } from "../../../core/sampling/tail-law.ts";

const sizeOf = (memoryMb: number, n: number, excesses: readonly number[] = []): SizeTail => ({
  octaves: Math.log2(memoryMb / 1024),
  n,
  excesses,
});

/** By how many percent the mean of each size is raised. */
const risks = (sizes: readonly SizeTail[], usedMb?: number): number[] =>
  pressureRisks(sizes, usedMb).map(({ logFactor }) => 100 * Math.expm1(logFactor));

describe("pressureRisks", () => {
  it("are the higher the smaller the size, and nothing above 1 GB", () => {
    const [at192 = 0, at384 = 0, at768 = 0, ...above] = risks([192, 384, 768, 1024, 1769].map((mb) => sizeOf(mb, 3)));
    expect(at192).toBeGreaterThan(at384);
    expect(at384).toBeGreaterThan(at768);
    expect(at768).toBeGreaterThan(0);
    expect(above).toEqual([0, 0]);
  });

  it("are not unseen any more where a call was slow for it", () => {
    const [seen, unseen] = pressureRisks([sizeOf(192, 8, [30]), sizeOf(256, 8)], 150);
    expect(seen?.unseenProbability).toBe(0);
    expect(unseen?.unseenProbability).toBeGreaterThan(0.05);
    expect(unseen?.unseenProbability).toBeLessThan(1);
  });

  it("are higher for a size hardly larger than the memory used, wherever that is", () => {
    const [tight = 0, roomy = 0] = risks([sizeOf(1800, 3), sizeOf(3600, 3)], 1500);
    expect(tight).toBeGreaterThan(5);
    expect(roomy).toBe(0);
    const without = risks([sizeOf(192, 3)])[0] ?? 0;
    expect(risks([sizeOf(192, 3)], 150)[0]).toBeGreaterThan(2 * without);
    expect(risks([sizeOf(192, 3)], 40)[0]).toBeLessThan(1.3 * without);
  });

  it("fall with every unharmed call, at that size and at all larger ones", () => {
    const sizes = [192, 384, 768];
    for (const tried of [0, 1, 2]) {
      const [before, after] = [6, 7].map((n) =>
        risks(
          sizes.map((mb, size) => sizeOf(mb, size === tried ? n : 6)),
          130,
        ),
      );
      for (let size = tried; size < sizes.length; size++) expect(after?.[size]).toBeLessThan(before?.[size] ?? 0);
    }
  });

  it("rise at the sizes below one where pressure shows", () => {
    const harmed = [sizeOf(192, 6), sizeOf(384, 40, [30, 30, 30]), sizeOf(768, 40)];
    const unharmed = [sizeOf(192, 6), sizeOf(384, 40), sizeOf(768, 40)];
    expect(risks(harmed)[0]).toBeGreaterThan(2 * (risks(unharmed)[0] ?? 0));
  });

  it("do not count again what outliers of the size itself have shown", () => {
    // Two of 32 calls take 34 times as long: as much as pressure does.
    expect(risks([sizeOf(384, 32, [33, 33])])[0]).toBeLessThan(1);
  });

  it("leave less to learn after more calls", () => {
    const [risk] = pressureRisks([sizeOf(192, 3)]);
    const variances = [0, 1, 5, 30].map((more) => risk?.varianceWith(more) ?? 0);
    expect(variances).toEqual(variances.toSorted((a, b) => b - a));
    expect(new Set(variances).size).toBe(4);
  });

  it("are finite and not negative whatever was seen, and belong to the sizes as they were given", () => {
    const size = fc
      .tuple(
        fc.integer({ min: 128, max: 10_240 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0.2, max: 1e4, noNaN: true }),
      )
      .map(([mb, n, hits, excess]) =>
        sizeOf(
          mb,
          n,
          Array.from({ length: Math.min(n, hits) }, () => excess),
        ),
      );
    const distinct = fc.uniqueArray(size, { minLength: 1, maxLength: 8, selector: ({ octaves }) => octaves });
    fc.assert(
      fc.property(distinct, fc.option(fc.integer({ min: 1, max: 9000 }), { nil: undefined }), (sizes, usedMb) => {
        const given = risks(sizes, usedMb);
        const reversed = risks(sizes.toReversed(), usedMb).toReversed();
        for (const [index, risk] of given.entries()) {
          expect(risk).toBeGreaterThanOrEqual(0);
          expect(risk).toBeLessThan(200);
          expect(risk).toBeCloseTo(reversed[index] ?? Number.NaN, 6);
        }
        for (const { varianceWith } of pressureRisks(sizes, usedMb)) expect(varianceWith(2)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("reliefAfter", () => {
  const sizes = [192, 384, 768].map((mb) => sizeOf(mb, 4));
  const counts = [0, 1, 4, 12, 50, 400];

  it("takes more of the risk the more calls are unharmed, and never more than there is", () => {
    for (const { logFactor, reliefAfter } of pressureRisks(sizes, 150)) {
      const falls = counts.map((more) => reliefAfter(more).fall);
      expect(falls[0]).toBe(0);
      expect(falls).toEqual(falls.toSorted((a, b) => a - b));
      expect(new Set(falls).size).toBe(counts.length);
      for (const fall of falls) expect(fall).toBeLessThanOrEqual(logFactor);
      expect(falls.at(-1)).toBeGreaterThan(0.95 * logFactor);
    }
  });

  it("is what the risk is found to be less after those calls", () => {
    const [before] = pressureRisks(sizes, 150);
    const [after] = pressureRisks([sizeOf(192, 16), ...sizes.slice(1)], 150);
    expect(before?.reliefAfter(12).fall).toBeCloseTo((before?.logFactor ?? 0) - (after?.logFactor ?? 0), 12);
  });

  it("is the less probable the more calls must be unharmed, down to the probability of no pressure", () => {
    const [tight] = pressureRisks(sizes, 150);
    const probabilities = counts.map((more) => tight?.reliefAfter(more).probability ?? 0);
    expect(probabilities[0]).toBe(1);
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    expect(new Set(probabilities).size).toBe(counts.length);
    // A quarter by the memory used and an eighth by size, before the calls.
    expect(probabilities.at(-1)).toBeGreaterThan(0.6);
    expect(probabilities.at(-1)).toBeLessThan(0.95);
  });

  it("is less probable at a smaller size", () => {
    const probabilities = pressureRisks(sizes, 150).map(({ reliefAfter }) => reliefAfter(12).probability);
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => a - b));
    expect(new Set(probabilities).size).toBe(3);
  });

  it("is none, for certain, where there is no risk", () => {
    const [, large] = pressureRisks([sizeOf(192, 4), sizeOf(1769, 4)]);
    for (const risk of [noPressure, large]) expect(risk?.reliefAfter(12)).toEqual({ fall: 0, probability: 1 });
    expect([noPressure.logFactor, noPressure.varianceWith(0)]).toEqual([0, 0]);
  });
});
