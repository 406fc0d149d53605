import { describe, expect, it } from "vitest";
import { productionBound } from "../../../core/timeout/production-bound.ts";
import { productionDuration } from "./timeout-inputs.ts";

describe("the bound from production", () => {
  it("is one of the slowest invocations where they are enough", () => {
    expect(productionBound(productionDuration(), 1e-4, 0.95)).toEqual({
      expectedMs: 1700,
      upperMs: 2200,
      method: "distribution-free",
    });
  });

  it("is the maximum where the rank was not read", () => {
    expect(productionBound(productionDuration({ tail: [] }), 1e-4, 0.95).upperMs).toBe(2500);
  });

  it("lies beyond the maximum where they are too few", () => {
    const bound = productionBound(productionDuration({ sampleCount: 5000 }), 1e-4, 0.95);
    // xi = ln(2500 / 400) / ln(5000 / 100) = 0.4685; 2500 * (2.9957 / 0.5) ^ 0.4685
    expect(bound.method).toBe("extrapolated");
    expect(bound.upperMs).toBeCloseTo(5783.28, 1);
    expect(bound.expectedMs).toBeLessThan(bound.upperMs);
  });

  it("takes a tail whose p99 is unknown for a heavy one", () => {
    const { p99Ms: _p99, ...duration } = productionDuration({ sampleCount: 5000 });
    expect(productionBound(duration, 1e-4, 0.95).upperMs).toBeCloseTo(2500 * (2.9957 / 0.5) ** 0.7, -1);
  });
});
