import { describe, expect, it } from "vitest";
import { binomialTail } from "../../../core/statistics/binomial-tail.ts";
import { incompleteBeta } from "../../../core/statistics/incomplete-beta.ts";
import { normalQuantile } from "../../../core/statistics/normal-quantile.ts";
import { poissonTail } from "../../../core/statistics/poisson-tail.ts";
import { studentTQuantile } from "../../../core/statistics/student-t-quantile.ts";

/** To how many significant digits two numbers agree. */
const digits = (value: number, expected: number): number =>
  value === expected ? 17 : -Math.log10(Math.abs(value / expected - 1));

describe("normalQuantile", () => {
  // Python: statistics.NormalDist().inv_cdf(p)
  it.each([
    [1e-300, -37.0470962993612],
    [1e-10, -6.361340902404056],
    [1e-5, -4.2648907939228256],
    [0.025, -1.9599639845400538],
    [0.3, -0.5244005127080407],
    [0.95, 1.6448536269514715],
    [0.999999, 4.753424308817089],
  ])("of %d is %d", (p, expected) => {
    expect(digits(normalQuantile(p), expected)).toBeGreaterThan(14);
  });

  it.each([0, 1, -1, Number.NaN])("does not exist for %d", (p) => {
    expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});

describe("studentTQuantile", () => {
  // SciPy 1.17: stats.t.ppf(p, df)
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.975, 4.5, 2.6589123472044034],
    [0.95, 10, 1.8124611228116756],
    [0.995, 30, 2.7499956535672254],
    [0.975, 1000, 1.9623390808264083],
    [0.9995, 3, 12.923978636687961],
    [0.6, 7, 0.2631668613520229],
    [1e-8, 5, -62.4045061109673],
  ])("of %d with %d degrees of freedom is %d", (p, degrees, expected) => {
    expect(digits(studentTQuantile(p, degrees), expected)).toBeGreaterThan(11);
  });

  it("is the tangent with one degree of freedom", () => {
    expect(digits(studentTQuantile(0.9, 1), Math.tan(0.4 * Math.PI))).toBeGreaterThan(11);
  });

  it("comes to the normal quantile", () => {
    expect(digits(studentTQuantile(0.975, 1e7), 1.959964221767205)).toBeGreaterThan(9);
    expect(studentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.975));
  });

  it.each([
    [0, 3],
    [1, 3],
    [0.9, 0],
  ])("does not exist for p = %d with %d degrees of freedom", (p, degrees) => {
    expect(() => studentTQuantile(p, degrees)).toThrow(RangeError);
  });
});

describe("incompleteBeta", () => {
  // SciPy 1.17: special.betainc(a, b, x)
  it.each([
    [0.5, 0.5, 0.3, 0.36901011956554536],
    [2, 3, 0.9, 0.9963],
    [50, 1, 0.95, 0.07694497527671318],
    [500, 5, 0.99, 0.43259280927706967],
    [1e5, 1.5e5, 0.4, 0.5001085784015272],
    [3.5, 120, 0.01, 0.06824200407583222],
  ])("of a = %d, b = %d at %d is %d", (a, b, x, expected) => {
    expect(digits(incompleteBeta(x, a, b), expected)).toBeGreaterThan(9);
  });

  it("is 0 and 1 at the ends", () => {
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  });
});

describe("binomialTail", () => {
  // SciPy 1.17: stats.binom.sf(k - 1, n, p)
  it.each([
    [59, 0.95, 59, 0.95 ** 59],
    [10, 0.5, 6, 0.376953125],
    [10, 0.5, 0, 1],
    [10, 0.5, 11, 0],
  ])("of %d trials at %d is right from %d successes on", (n, p, k, expected) => {
    expect(digits(binomialTail(n, p, k), expected)).toBeGreaterThan(12);
  });
});

describe("poissonTail", () => {
  // SciPy 1.17: stats.poisson.sf(k - 1, mean)
  it.each([
    [0.5, 0, 1],
    [0.5, 1, 0.3934693402873665],
    [3, 1, 0.950212931632136],
    [5, 2, 0.9595723180054873],
    [5, 12, 0.0054530919130093445],
    [20, 60, 4.2332846947129256e-13],
    [100, 80, 0.9825486774837245],
    [100, 140, 9.164651426510271e-5],
    [1e5, 99_000, 0.9992342004424892],
    [1e5, 101_000, 0.0007998010415545408],
  ])("of mean %d is right from %d on", (mean, k, expected) => {
    expect(digits(poissonTail(mean, k), expected)).toBeGreaterThan(9);
  });

  it("falls with k and rises with the mean", () => {
    const falling = Array.from({ length: 40 }, (_, k) => poissonTail(12, k));
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    const rising = Array.from({ length: 40 }, (_, mean) => poissonTail(mean, 12));
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
  });
});
