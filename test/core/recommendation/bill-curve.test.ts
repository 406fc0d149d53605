import { describe, expect, it } from "vitest";
import { differenceVariance } from "../../../core/sampling/fit-curve.ts";
import { invocationCharge } from "../../../core/sampling/spend.ts";
import { about, measuredCurve } from "./measured-curve.ts";

const io = { 1024: about(100), 1769: about(100), 3008: about(100) };

describe("billCurve", () => {
  it("has the sizes that were measured and those that may be chosen, ascending, with their samples", () => {
    const { curve } = measuredCurve(io, { sizesMb: [900, 1024, 2048, 4096] });
    expect(curve.points.map(({ memorySizeMb, n, index }) => [memorySizeMb, n, index])).toEqual([
      [900, 0, 0],
      [1024, 9, 1],
      [1769, 9, 2],
      [2048, 0, 3],
      [3008, 9, 4],
      [4096, 0, 5],
    ]);
  });

  it("is surer at a measured size than between two, and beyond them least", () => {
    const { at } = measuredCurve(io, { sizesMb: [1024, 1350, 1769, 10_240] });
    expect(at(1350).variance).toBeGreaterThan(at(1769).variance);
    expect(at(10_240).variance).toBeGreaterThan(at(1350).variance);
  });

  it("knows the ratio of two sizes better than either, for what they have in common", () => {
    const { curve, at } = measuredCurve(io);
    const ratio = differenceVariance(curve.fitted, 0, 1);
    expect(ratio).toBeGreaterThan(0);
    expect(ratio).toBeLessThan(at(1024).variance + at(1769).variance - 2 * curve.commonVariance);
    expect(differenceVariance(curve.fitted, 1, 0)).toBeCloseTo(ratio, 12);
  });

  it("never believes itself surer than the time of day lets it be", () => {
    const { curve, at } = measuredCurve({ 1024: about(100, 300), 1769: about(100, 300) });
    expect(Math.sqrt(curve.commonVariance)).toBeGreaterThan(0.025);
    expect(at(1024).variance).toBeGreaterThan(curve.commonVariance);
  });

  it("takes how far billing rounds up from the nearest measured size", () => {
    const { at } = measuredCurve({ 1024: about(0.4), 3008: about(100) }, { sizesMb: [1024, 1200, 2800, 3008] });
    expect(at(1200).logDuration - at(1200).logBilled).toBeLessThan(Math.log(0.45));
    expect(at(2800).logDuration - at(2800).logBilled).toBeGreaterThan(Math.log(0.9));
  });
});

describe("judgeSizes", () => {
  it("charges the billed mean of a million calls, with the fee", () => {
    const { at, context } = measuredCurve(io);
    const charge = 1e6 * invocationCharge(1769, 100, context);
    expect(at(1769).chargePerMillionUsd / charge).toBeGreaterThan(0.97);
    expect(at(1769).chargePerMillionUsd / charge).toBeLessThan(1.06);
    expect(at(1769).durationMs / 100).toBeLessThan(1.06);
  });

  it("gives intervals around what it expects, narrower after more calls, wider at a higher confidence", () => {
    const widthOf = (count: number, confidence: number): number => {
      const { at } = measuredCurve({ 1024: about(100, count), 1769: about(100, count) }, { sampling: { confidence } });
      const { chargePerMillionUsd, chargeIntervalUsd, durationMs, durationIntervalMs } = at(1769);
      expect(chargeIntervalUsd.lower).toBeLessThan(chargePerMillionUsd);
      expect(chargeIntervalUsd.upper).toBeGreaterThan(chargePerMillionUsd);
      expect(durationIntervalMs.lower).toBeLessThan(durationMs);
      expect(durationIntervalMs.upper).toBeGreaterThan(durationMs);
      return chargeIntervalUsd.upper / chargeIntervalUsd.lower;
    };
    expect(widthOf(60, 0.95)).toBeLessThan(widthOf(3, 0.95));
    expect(widthOf(9, 0.8)).toBeLessThan(widthOf(9, 0.95));
  });
});
