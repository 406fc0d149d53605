import { describe, expect, it } from "vitest";
import { highestBoundedQuantile } from "../../../core/statistics/highest-bounded-quantile.ts";
import { quantileLowerBound } from "../../../core/statistics/quantile-lower-bound.ts";
import { quantileUpperBound } from "../../../core/statistics/quantile-upper-bound.ts";
import { samplesForUpperBound } from "../../../core/statistics/samples-for-upper-bound.ts";
import { seededGenerator } from "../../../core/statistics/seeded-generator.ts";

/** 1..n in an order of no meaning: a bound is then its own rank. */
const ranks = (n: number): readonly number[] =>
  Object.freeze(Array.from({ length: n }, (_, index) => index + 1).sort((a, b) => ((a * 37) % n) - ((b * 37) % n)));

describe("quantileUpperBound", () => {
  // SciPy 1.17: next(r for r in range(1, n + 1) if stats.binom.cdf(r - 1, n, p) >= confidence)
  it.each([
    [59, 0.95, 59],
    [93, 0.95, 92],
    [100, 0.95, 99],
    [100, 0.5, 59],
    [299, 0.99, 299],
    [473, 0.99, 472],
    [1000, 0.99, 996],
    [5, 0.5, 5],
  ])("of %d values at %d is the one of rank %d with confidence 0.95", (n, p, rank) => {
    expect(quantileUpperBound(ranks(n), p, 0.95)).toBe(rank);
  });

  it.each([
    [58, 0.95],
    [298, 0.99],
    [4, 0.5],
    [0, 0.5],
  ])("is absent for %d values at %d", (n, p) => {
    expect(quantileUpperBound(ranks(n), p, 0.95)).toBeUndefined();
  });

  it("is at or above the quantile as often as it says, for a heavy tail too", () => {
    const uniform = seededGenerator(11);
    const pareto = (): number => (1 - uniform()) ** (-1 / 1.2);
    const truth = 0.05 ** (-1 / 1.2);
    let covered = 0;
    for (let run = 0; run < 2000; run += 1) {
      const bound = quantileUpperBound(Array.from({ length: 100 }, pareto), 0.95, 0.95);
      if (bound !== undefined && bound >= truth) covered += 1;
    }
    // Rank 99 of 100 covers with 0.963; 0.0042 is the standard error.
    expect(Math.abs(covered / 2000 - 0.963)).toBeLessThan(4 * 0.0042);
  });
});

describe("quantileLowerBound", () => {
  // SciPy 1.17: next(r for r in range(n, 0, -1) if stats.binom.sf(r - 1, n, p) >= confidence)
  it.each([
    [100, 0.95, 91],
    [100, 0.5, 42],
    [5, 0.5, 1],
  ])("of %d values at %d is the one of rank %d with confidence 0.95", (n, p, rank) => {
    expect(quantileLowerBound(ranks(n), p, 0.95)).toBe(rank);
  });

  it("is absent for 4 values at 0.5", () => {
    expect(quantileLowerBound(ranks(4), 0.5, 0.95)).toBeUndefined();
  });
});

// Values tabulated for one-sided, distribution-free tolerance limits.
describe("samplesForUpperBound", () => {
  it.each([
    [0.5, 0.75, 2],
    [0.9, 0.9, 22],
    [0.9, 0.95, 29],
    [0.95, 0.95, 59],
    [0.99, 0.9, 230],
    [0.99, 0.95, 299],
    [0.99, 0.99, 459],
    [0.999, 0.95, 2995],
  ])("covers %d of invocations with confidence %d from %d samples", (coverage, confidence, n) => {
    expect(samplesForUpperBound(coverage, confidence)).toBe(n);
  });
});

describe("highestBoundedQuantile", () => {
  it.each([1, 2, 20, 59, 299, 5000])("is what %d samples bound and one sample fewer does not", (n) => {
    const p = highestBoundedQuantile(n, 0.95);
    expect(samplesForUpperBound(p, 0.95)).toBe(n);
    expect(samplesForUpperBound(p + 1e-9, 0.95)).toBe(n + 1);
  });
});
