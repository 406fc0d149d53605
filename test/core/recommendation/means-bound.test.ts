import { describe, expect, it } from "vitest";
import { meansBound } from "../../../core/recommendation/means-bound.ts";
import { measuredSize, observed, times } from "../sampling/measured-size.ts";
import { samplingContext } from "../sampling/sampling-context.ts";
import type { CallsBySize } from "./measured-curve.ts";

/** With no fee, so that charges are in proportion to durations. */
const free = { usdPerRequest: 0 };
const boundOf = (calls: CallsBySize, chosenMb: number, request: object = {}, facts = free): number =>
  meansBound(
    samplingContext(request, facts),
    observed(...Object.entries(calls).map(([mb, durations]) => measuredSize(Number(mb), durations))),
    chosenMb,
  );

describe("meansBound", () => {
  it("is by how much the chosen size's mean is dearer where calls do not differ", () => {
    expect(boundOf({ 512: times(3, 220), 1024: times(3, 100) }, 512)).toBeCloseTo(10, 9);
    expect(boundOf({ 512: times(3, 220), 1024: times(3, 100) }, 1024)).toBe(0);
  });

  // SciPy 1.17: stats.t.ppf(0.9, 2) is 1.8856180831641267; each mean has a standard error of 10 % / sqrt(3).
  it("adds what Student's t makes of the calls' spread", () => {
    const bound = boundOf({ 512: [180, 200, 220], 1024: [90, 100, 110] }, 512);
    expect(bound).toBeCloseTo(100 * Math.expm1(1.8856180831641267 * Math.sqrt(2 / 300)), 9);
  });

  it("is without limit where a size has a single call", () => {
    expect(boundOf({ 512: [200], 1024: times(3, 100) }, 512)).toBe(Number.POSITIVE_INFINITY);
  });

  it("is nothing for the only size", () => {
    expect(boundOf({ 512: [200] }, 512)).toBe(0);
  });

  it("is about the whole charge, request fee included", () => {
    const fee = { usdPerRequest: 0.000002 };
    expect(boundOf({ 512: times(3, 24), 1024: times(3, 10) }, 512, {}, fee)).toBeLessThan(2);
  });

  it("weighs charge and duration as the request does", () => {
    const calls = { 512: times(3, 200), 1024: times(3, 100) };
    expect(boundOf(calls, 512, { objective: { kind: "balanced", weight: 1 } })).toBeCloseTo(100, 9);
    expect(boundOf(calls, 512, { objective: { kind: "balanced", weight: 0 } })).toBeCloseTo(0, 9);
  });
});
