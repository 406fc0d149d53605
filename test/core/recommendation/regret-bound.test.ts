import { describe, expect, it } from "vitest";
import { regretBound } from "../../../core/recommendation/regret-bound.ts";
import { about, type CallsBySize, measuredCurve } from "./measured-curve.ts";

const boundOf = (calls: CallsBySize, chosenMb: number, sizesMb?: number[], floorMb = 128): number => {
  const { context, curve } = measuredCurve(calls, sizesMb === undefined ? {} : { sizesMb });
  return regretBound(context, curve, chosenMb, floorMb).value;
};

const noisy = (mean: number, count: number): number[] =>
  Array.from({ length: count }, (_, call) => mean * (call % 2 === 0 ? 0.6 : 1.4));

describe("regretBound", () => {
  it("holds with a confidence of 90 %, whatever that of the intervals", () => {
    const { context, curve } = measuredCurve({ 1024: about(100) }, { sampling: { confidence: 0.99 } });
    expect(regretBound(context, curve, 1024, 128)).toEqual({ confidence: 0.9, value: 0 });
  });

  it("is nothing where nothing else is possible", () => {
    expect(boundOf({ 1024: about(100) }, 1024)).toBe(0);
    // Sizes under the floor may not be chosen, however cheap.
    expect(boundOf({ 1024: about(100), 2048: about(100) }, 2048, undefined, 1025)).toBe(0);
  });

  it("is nothing for a size that is best beyond doubt", () => {
    expect(boundOf({ 1024: about(100, 30), 4096: about(100, 30) }, 1024)).toBe(0);
  });

  it("leaves room for what no run sees of two sizes, where they are next to each other", () => {
    // 1 % more memory for the same time: the curve alone leaves less than 0.3 %.
    const bound = boundOf({ 1024: about(100, 30), 1769: about(100, 30) }, 1024, [1024, 1034]);
    expect(bound).toBeGreaterThan(0.5);
    expect(bound).toBeLessThan(2);
  });

  it("is how much more a size costs that is not the best", () => {
    // Twice the memory for the same time: 100 %, give or take what is not known of the ratio.
    const bound = boundOf({ 1024: about(100, 30), 2048: about(100, 30) }, 2048);
    expect(bound).toBeGreaterThan(95);
    expect(bound).toBeLessThan(130);
  });

  it("is larger with fewer samples", () => {
    const at = (count: number): number => boundOf({ 1024: noisy(100, count), 1500: noisy(68, count) }, 1024);
    const [few, some, many] = [3, 12, 100].map(at);
    expect(few).toBeGreaterThan(some ?? 0);
    expect(some).toBeGreaterThan(many ?? 0);
  });

  it("is larger where more sizes may be better that were not measured", () => {
    const calls = { 512: about(220), 1024: about(100) };
    expect(boundOf(calls, 1024, [512, 600, 720, 860, 1024, 1200])).toBeGreaterThan(boundOf(calls, 1024));
  });

  it("is the same for the same seed, and much the same for another", () => {
    const { context, curve } = measuredCurve({ 1024: noisy(100, 20), 2048: noisy(100, 20) });
    const bound = (seed: number): number => regretBound({ ...context, seed }, curve, 2048, 128).value;
    expect(bound(1)).toBe(bound(1));
    expect(bound(2)).not.toBe(bound(1));
    expect(bound(2) / bound(1)).toBeGreaterThan(0.9);
    expect(bound(2) / bound(1)).toBeLessThan(1.1);
  });
});
