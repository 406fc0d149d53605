import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FittedCurve } from "../../../core/sampling/fit-curve.ts";
import { conditioned, knowledgeGradient } from "../../../core/sampling/knowledge-gradient.ts";

const curveOf = (covariance: readonly (readonly number[])[]): FittedCurve => ({
  sizesMb: covariance.map((_, index) => 128 * 2 ** index),
  mean: new Float64Array(covariance.length),
  covariance: covariance.map((row) => Float64Array.from(row)),
});

/** A known size, and one as good whose objective is known to within 0.2. */
const knownAndOpen = curveOf([
  [0, 0],
  [0, 0.04],
]);

describe("knowledgeGradient", () => {
  it("is what the lower of two is expected to be lower by", () => {
    // By hand: E[max(0, 0.2 z)] = 0.2 / sqrt(2 pi) = 0.0798; the quadrature's eight points come within 10 % at a corner.
    expect(Math.abs(knowledgeGradient(knownAndOpen, [0, 0], 1, 0) - 0.0798)).toBeLessThan(0.008);
  });

  it("is less the worse the size looks, and nothing for a hopeless or a known one", () => {
    const values = [0, 0.1, 0.3, 0.6, 3].map((worse) => knowledgeGradient(knownAndOpen, [0, worse], 1, 0));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(values.at(-1)).toBe(0);
    expect(knowledgeGradient(knownAndOpen, [0, 0], 0, 0)).toBe(0);
  });

  it("is less the noisier the measurement", () => {
    const values = [0, 0.04, 1, 100].map((noise) => knowledgeGradient(knownAndOpen, [0, 0], 1, noise));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(values.at(-1)).toBeLessThan(0.005);
  });

  it("sees what a measurement tells of a neighbour, unless the neighbour cannot be chosen", () => {
    const curve = curveOf([
      [0, 0, 0],
      [0, 0.04, 0.04],
      [0, 0.04, 0.04],
    ]);
    const objective = [0, 0.5, 0.02];
    const free = knowledgeGradient(curve, objective, 1, 0);
    expect(free).toBeGreaterThan(0.05);
    expect(knowledgeGradient(curve, objective, 1, 0, (index) => index !== 2)).toBeLessThan(0.01);
  });

  it("gains from a better size that could not be chosen before it was measured", () => {
    expect(knowledgeGradient(knownAndOpen, [0, -0.3], 1, 0, (index) => index === 0)).toBeGreaterThan(0.29);
  });

  it("is refused for a size that the curve does not have", () => {
    expect(() => knowledgeGradient(knownAndOpen, [0, 0], 2, 0)).toThrow(RangeError);
    expect(() => conditioned(knownAndOpen, 2, 0)).toThrow(RangeError);
  });
});

describe("conditioned", () => {
  it("leaves the mean, and takes from the variances what the measurement tells", () => {
    const curve = {
      ...curveOf([
        [4, 2],
        [2, 3],
      ]),
      mean: Float64Array.of(5, 6),
    };
    const after = conditioned(curve, 0, 1);
    // By hand: 4 - 16/5, 2 - 8/5, 3 - 4/5.
    for (const [index, value] of [0.8, 0.4, 0.4, 2.2].entries()) {
      expect(after.covariance[Math.floor(index / 2)]?.[index % 2]).toBeCloseTo(value, 12);
    }
    expect([...after.mean]).toEqual([5, 6]);
    expect([...(curve.covariance[0] ?? [])]).toEqual([4, 2]);
  });

  it("never adds variance, and knows a size measured without noise", () => {
    const entry = fc.double({ min: -3, max: 3, noNaN: true });
    const factors = fc.array(fc.tuple(entry, entry, entry), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(factors, fc.nat(5), fc.double({ min: 0, max: 5, noNaN: true }), (rows, at, noise) => {
        const covariance = rows.map((a) => rows.map((b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
        const candidate = at % rows.length;
        const after = conditioned(curveOf(covariance), candidate, noise);
        for (const [index, row] of covariance.entries()) {
          expect(after.covariance[index]?.[index]).toBeLessThanOrEqual((row[index] ?? 0) + 1e-9);
        }
        expect(conditioned(curveOf(covariance), candidate, 0).covariance[candidate]?.[candidate]).toBeLessThan(1e-9);
      }),
    );
  });
});
