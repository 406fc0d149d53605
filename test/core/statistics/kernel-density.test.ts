import { describe, expect, it } from "vitest";
import { kernelSum, neighbourDistance, normalDensity } from "../../../core/statistics/kernel-density.ts";

describe("normalDensity", () => {
  // SciPy 1.17: stats.norm.pdf(place, 0, sd)
  it.each([
    [0, 1, 0.3989422804014327],
    [-1.96, 1, 0.05844094433345147],
    [1, 2, 0.17603266338214976],
    [0, 0.01, 39.89422804014327],
  ])("at %d with sd %d is %d", (place, sd, expected) => {
    expect(normalDensity(place, sd)).toBeCloseTo(expected, 12);
  });
});

describe("kernelSum", () => {
  const fine = { from: -4, step: 0.01, places: 801 };
  const area = (sum: Float64Array): number => fine.step * sum.reduce((a, b) => a + b, 0);

  it("has an area of one for each kernel within the grid, however wide", () => {
    const kernels = [0.02, 0.1, 0.4].map((bandwidth, index) => ({ value: index - 1, bandwidth }));
    expect(area(kernelSum(fine, kernels))).toBeCloseTo(3, 3);
  });

  it("is the normal density around one value, at the places of the grid", () => {
    const sum = kernelSum({ from: 1, step: 0.5, places: 4 }, [{ value: 2, bandwidth: 0.5 }]);
    expect([...sum]).toEqual([-1, -0.5, 0, 0.5].map((place) => normalDensity(place, 0.5)));
  });

  it("adds up where kernels overlap", () => {
    const [left, right] = [
      { value: -0.1, bandwidth: 0.2 },
      { value: 0.3, bandwidth: 0.1 },
    ] as const;
    const both = kernelSum(fine, [left, right]);
    const each = [left, right].map((kernel) => kernelSum(fine, [kernel]));
    for (const [place, value] of both.entries()) {
      expect(value).toBeCloseTo((each[0]?.[place] ?? Number.NaN) + (each[1]?.[place] ?? Number.NaN), 12);
    }
  });

  it("is 0 beyond four bandwidths", () => {
    const sum = kernelSum({ from: -5, step: 1, places: 11 }, [{ value: 0, bandwidth: 1 }]);
    expect(sum.map(Math.sign)).toEqual(Float64Array.from([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]));
  });

  it.each([
    ["on the end, half of it", 4, 0.5],
    ["beyond the reach of the grid, nothing", 4.5, 0],
  ])("cuts a kernel at the end of the grid: %s", (_, value, expected) => {
    expect(area(kernelSum(fine, [{ value, bandwidth: 0.1 }]))).toBeCloseTo(expected, 1);
    expect(area(kernelSum(fine, [{ value: -value, bandwidth: 0.1 }]))).toBeCloseTo(expected, 1);
  });

  it("of no kernel is 0", () => {
    expect(kernelSum({ from: 0, step: 1, places: 3 }, [])).toEqual(new Float64Array(3));
  });
});

describe("neighbourDistance", () => {
  it.each([
    ["between others", [1, 2, 4, 8], 2, 1, 1],
    ["between others, the second on the other side", [1, 2, 4, 8], 2, 2, 2],
    ["at the lower end", [1, 2, 4, 8], 1, 3, 7],
    ["at the upper end", [1, 2, 4, 8], 8, 2, 6],
    ["of a value that others share", [1, 3, 3, 3, 9], 3, 2, 0],
    ["of a value that too few others share", [1, 3, 3, 3, 9], 3, 3, 2],
    ["without enough others", [1, 2, 4], 2, 3, Number.POSITIVE_INFINITY],
    ["alone", [5], 5, 1, Number.POSITIVE_INFINITY],
  ])("%s: in %j from %d the neighbour %d is %d away", (_, sorted, value, k, expected) => {
    expect(neighbourDistance(sorted, value, k)).toBe(expected);
  });
});
