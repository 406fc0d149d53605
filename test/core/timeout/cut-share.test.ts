import { describe, expect, it } from "vitest";
import { productionCutShare, samplesCutShare } from "../../../core/timeout/cut-share.ts";
import { productionDuration } from "./timeout-inputs.ts";

describe("the share cut off, from production", () => {
  const cutShare = productionCutShare(productionDuration(), 1);

  it("is that of a percentile at the percentile", () => {
    expect(cutShare(400)).toBeCloseTo(0.01, 4);
    expect(cutShare(900)).toBeCloseTo(0.001, 4);
  });

  it("falls on beyond the maximum, and never reaches 0", () => {
    expect(cutShare(2500)).toBeLessThan(1 / 50_000);
    expect(cutShare(5000)).toBeLessThan(cutShare(2500));
    expect(cutShare(900_000)).toBeGreaterThan(0);
  });

  it("is everything at no timeout at all", () => {
    expect(cutShare(0)).toBe(1);
    expect(cutShare(1)).toBe(1);
  });

  it("counts a slowdown on every duration", () => {
    expect(productionCutShare(productionDuration(), 2)(1800)).toBeCloseTo(cutShare(900), 10);
  });
});

describe("the share cut off, from samples", () => {
  it("is Student's t of one more lognormal sample", () => {
    // SciPy: t.sf((log(200) - m) / (s * sqrt(1 + 1/5)), 4) with m, s of log([90, 95, 100, 105, 110])
    expect(samplesCutShare([90, 95, 100, 105, 110])(200)).toBeCloseTo(0.000_659_933_66, 9);
  });

  it("is one in n + 1 when the samples show no spread", () => {
    expect(samplesCutShare([100])(200)).toBe(0.5);
    expect(samplesCutShare([100, 100, 100])(200)).toBe(0.25);
    expect(samplesCutShare([100, 100, 100])(50)).toBe(1);
  });
});
