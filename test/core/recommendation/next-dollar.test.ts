import { describe, expect, it } from "vitest";
import { billCurve } from "../../../core/recommendation/bill-curve.ts";
import { type NextDollar, nextDollar } from "../../../core/recommendation/next-dollar.ts";
import { estimateSizes } from "../../../core/sampling/estimate-sizes.ts";
import { usableSizes } from "../../../core/sampling/observe-sizes.ts";
import { measuredSize, observed, times } from "../sampling/measured-size.ts";
import { samplingContext } from "../sampling/sampling-context.ts";

const context = samplingContext();
const floorMb = 128;

/** Bound by one CPU up to 512 MB, by I/O above. */
const after = (count: number, sizesMb: readonly number[], given = context): NextDollar | undefined => {
  const sizes = observed(...sizesMb.map((mb) => measuredSize(mb, times(count, 512_000 / Math.min(512, mb)))));
  const estimates = estimateSizes(usableSizes(sizes), given.payloadShares);
  return nextDollar(given, sizes, billCurve(given, estimates, floorMb), floorMb);
};

describe("nextDollar", () => {
  it("gains much after a coarse look, little after a fine one", () => {
    const coarse = after(3, [192, 1024, 1769]);
    const fine = after(30, [128, 150, 192, 256, 320, 400, 460, 512, 560, 640, 800, 1024, 1769]);
    expect(coarse?.expectedGainPercent).toBeGreaterThan(3);
    expect(fine?.expectedGainPercent).toBeLessThan(1.5);
    expect(fine?.expectedGainPercent).toBeGreaterThanOrEqual(0);
  });

  it("costs a few invocations at the price of the architecture and region", () => {
    const dear = samplingContext({}, { usdPerGbSecond: 10 * context.usdPerGbSecond, usdPerRequest: 0.000002 });
    const cheap = after(3, [192, 1024, 1769]);
    // A call is between 1 s at 512 MB and 4 s at 128 MB, half a GB-second either way; from 3 to 14 of them and a cold start.
    expect(cheap?.usd).toBeGreaterThan(3 * 0.4 * context.usdPerGbSecond);
    expect(cheap?.usd).toBeLessThan(15 * 1.2 * context.usdPerGbSecond);
    expect(after(3, [192, 1024, 1769], dear)?.usd).toBeCloseTo(10 * (cheap?.usd ?? 0), 12);
  });

  it("is nothing where nothing is left to measure that could differ", () => {
    const only = samplingContext({ memory: { sizesMb: [512] } });
    expect(after(5, [512], only)?.expectedGainPercent).toBeCloseTo(0, 9);
  });
});
