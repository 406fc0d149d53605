import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logBetaBinomial } from "../../../core/statistics/log-beta-binomial.ts";

const binomialCoefficient = (n: number, k: number): number =>
  Array.from({ length: k }, (_, index) => (n - index) / (index + 1)).reduce((product, factor) => product * factor, 1);

describe("logBetaBinomial", () => {
  // SciPy 1.17: stats.betabinom.logpmf(k, n, a, b) - log(special.comb(n, k))
  it.each([
    [4, 10, 2, 3, -7.314219887423386],
    [0, 5, 0.3, 14.7, -0.08965791545882584],
    [7, 100, 8, 392, -28.4694704863889],
    [3, 3, 0.5, 0.5, -1.1631508098056806],
  ])("of %d in %d with a = %d, b = %d is %d", (successes, n, a, b, expected) => {
    expect(logBetaBinomial(successes, n, a, b)).toBeCloseTo(expected, 9);
  });

  it("of no trials is certain", () => {
    expect(logBetaBinomial(0, 0, 3, 4)).toBeCloseTo(0, 12);
  });

  it("is a law: over all counts the probabilities sum to 1", () => {
    const prior = fc.double({ min: 0.05, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), prior, prior, (n, a, b) => {
        const total = Array.from(
          { length: n + 1 },
          (_, k) => binomialCoefficient(n, k) * Math.exp(logBetaBinomial(k, n, a, b)),
        ).reduce((sum, value) => sum + value, 0);
        expect(total).toBeCloseTo(1, 7);
      }),
    );
  });

  it.each([
    [-1, 3, 1, 1],
    [4, 3, 1, 1],
    [1, 3, 0, 1],
    [1, 3, 1, 0],
    [Number.NaN, 3, 1, 1],
  ])("does not exist for %d of %d with a = %d, b = %d", (successes, n, a, b) => {
    expect(() => logBetaBinomial(successes, n, a, b)).toThrow(RangeError);
  });
});
