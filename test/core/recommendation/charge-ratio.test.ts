import { sum } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { chargeRatio } from "../../../core/recommendation/charge-ratio.ts";
import { logInterval, ratioWidths } from "../../../core/recommendation/log-interval.ts";
import { regretBound } from "../../../core/recommendation/regret-bound.ts";
import { differenceVariance } from "../../../core/sampling/fit-curve.ts";
import { type CallsBySize, measuredCurve } from "./measured-curve.ts";

/** Calls of a few milliseconds, most of whose charge is the request fee. */
const short: CallsBySize = {
  256: [11, 30, 16, 12, 25, 18, 9, 14, 21, 13],
  1024: [3, 9, 5, 4, 6, 8, 3, 4, 7, 5],
};
const measured = (usdPerRequest: number) => {
  const { curve, at, context } = measuredCurve(short);
  return { curve, at, context: { ...context, usdPerRequest } };
};

describe("chargeRatio", () => {
  it("is the ratio of the whole charges, request fee included", () => {
    const { context, curve, at } = measured(0.0000002);
    const expected = at(256).chargePerMillionUsd / at(1024).chargePerMillionUsd;
    expect(chargeRatio(context, curve, at(256), at(1024)).expected).toBeCloseTo(expected, 12);
  });

  it("has the lognormal interval of the computing where there is no fee", () => {
    const { context, curve, at } = measured(0);
    const { expected, interval } = chargeRatio(context, curve, at(256), at(1024));
    const rounding = [at(256), at(1024)].map(({ logBilled, n }) => (0.3 / Math.exp(logBilled)) ** 2 / n);
    const variance = differenceVariance(curve.fitted, at(256).index, at(1024).index) + 0.02 ** 2 + sum(rounding);
    const { lower, upper } = logInterval(Math.log(expected), variance, context.sampling.confidence, ratioWidths);
    expect(interval.lower).toBeCloseTo(lower, 9);
    expect(interval.upper).toBeCloseTo(upper, 9);
  });

  it("is not surer than whole milliseconds let it be, though all calls were billed one", () => {
    const { curve, at, context } = measuredCurve({ 256: [1, 1, 1, 1, 1], 1024: [1, 1, 1, 1, 1] });
    const { interval } = chargeRatio({ ...context, usdPerRequest: 0 }, curve, at(256), at(1024));
    expect(interval.upper / interval.lower).toBeGreaterThan(1.4);
  });

  it("is the surer, the more of the charge is the fee, which does not vary", () => {
    const widthAt = (usdPerRequest: number): number => {
      const { context, curve, at } = measured(usdPerRequest);
      const { lower, upper } = chargeRatio(context, curve, at(256), at(1024)).interval;
      return upper / lower;
    };
    expect(widthAt(0.0000002)).toBeLessThan(widthAt(0.00000002));
    expect(widthAt(0.00002)).toBeLessThan(1.02);
  });

  it("stays within what the intervals of both charges allow", () => {
    const { context, curve, at } = measured(0.0000002);
    const [size, other] = [at(256).chargeIntervalUsd, at(1024).chargeIntervalUsd];
    const { interval } = chargeRatio(context, curve, at(256), at(1024));
    expect(interval.lower).toBeGreaterThan(size.lower / other.upper);
    expect(interval.upper).toBeLessThan(size.upper / other.lower);
  });

  it("is 1 beyond doubt for a size and itself", () => {
    const { context, curve, at } = measured(0.0000002);
    expect(chargeRatio(context, curve, at(256), at(256))).toEqual({ expected: 1, interval: { lower: 1, upper: 1 } });
  });
});

it("bounds the regret by the whole charge: no size costs less than the fee", () => {
  const { context, curve, at } = measured(0.0000002);
  const saveable = 100 * (at(1024).chargePerMillionUsd / (1e6 * context.usdPerRequest) - 1);
  expect(regretBound(context, curve, 1024, 128).value).toBeLessThan(saveable);
  expect(regretBound({ ...context, usdPerRequest: 0 }, curve, 1024, 128).value).toBeGreaterThan(saveable / 2);
});
