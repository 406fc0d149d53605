import { describe, expect, it } from "vitest";
import { billWidths, logInterval } from "../../../core/recommendation/log-interval.ts";

const even = { below: 1, above: 1 };

describe("logInterval", () => {
  // SciPy 1.17: stats.t.ppf(0.975, 5) is 2.5705818356363146, stats.t.ppf(0.95, 5) is 2.0150483733330233.
  it.each([
    [0.95, 2.5705818356363146],
    [0.9, 2.0150483733330233],
  ])("at a confidence of %d reaches %d standard deviations to both sides of the logarithm", (confidence, t) => {
    const { lower, upper } = logInterval(Math.log(50), 0.04, confidence, even);
    expect(lower).toBeCloseTo(50 * Math.exp(-0.2 * t), 9);
    expect(upper).toBeCloseTo(50 * Math.exp(0.2 * t), 9);
  });

  it("is as much wider to either side as its widths say", () => {
    const { lower, upper } = logInterval(0, 1, 0.95, { below: 0.5, above: 2 });
    expect(Math.log(upper) / -Math.log(lower)).toBeCloseTo(4, 9);
  });

  it("is a point where nothing varies", () => {
    expect(logInterval(0, 0, 0.95, even)).toEqual({ lower: 1, upper: 1 });
  });

  it("is wider after few calls, most of all upwards: slow calls may not have been seen yet", () => {
    const [few, many] = [billWidths(20), billWidths(300)];
    expect(few.above).toBeGreaterThan(2 * many.above);
    expect(few.below).toBeGreaterThan(many.below);
    expect(many.above).toBeGreaterThan(many.below);
    expect(billWidths(3)).toEqual(few);
  });

  it("is wider at a higher confidence", () => {
    const [usual, sure] = [0.9, 0.99].map((confidence) => logInterval(0, 0.01, confidence, even));
    expect(sure?.lower).toBeLessThan(usual?.lower ?? 0);
    expect(sure?.upper).toBeGreaterThan(usual?.upper ?? 9);
  });
});
