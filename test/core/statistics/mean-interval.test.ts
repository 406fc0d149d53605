import { expect, it } from "vitest";
import { meanInterval } from "../../../core/statistics/mean-interval.ts";
import { normalQuantile } from "../../../core/statistics/normal-quantile.ts";
import { seededGenerator } from "../../../core/statistics/seeded-generator.ts";

it("is Student's interval", () => {
  const values = Object.freeze([12.1, 12.9, 13.4, 11.8, 30.2, 12.6, 12.2]);
  const interval = meanInterval(values, 0.95);
  // SciPy 1.17: stats.t.interval(0.95, 6, loc=a.mean(), scale=stats.sem(a))
  expect(interval?.lower).toBeCloseTo(8.821596744596043, 10);
  expect(interval?.upper).toBeCloseTo(21.235546112546814, 10);
});

it.each([[[]], [[5]]])("is absent for %j", (values) => {
  expect(meanInterval(values, 0.95)).toBeUndefined();
});

it.each([0, 1, 95])("refuses a confidence of %d", (confidence) => {
  expect(() => meanInterval([1, 2], confidence)).toThrow(RangeError);
});

it("holds the mean of normal values as often as it says", () => {
  const uniform = seededGenerator(3);
  const normal = (): number => 100 + 10 * normalQuantile(Math.max(uniform(), 2 ** -33));
  const runs = 4000;
  let held = 0;
  for (let run = 0; run < runs; run += 1) {
    const interval = meanInterval([normal(), normal(), normal(), normal(), normal()], 0.9);
    if (interval !== undefined && interval.lower <= 100 && interval.upper >= 100) held += 1;
  }
  // 0.0047 is the standard error of the share.
  expect(Math.abs(held / runs - 0.9)).toBeLessThan(4 * 0.0047);
});
