import { describe, expect, it } from "vitest";
import { nextClimb, stepBelow } from "../../../core/sampling/climb-sizes.ts";
import { samplingContext } from "./sampling-context.ts";

describe("nextClimb", () => {
  it.each([
    [1769, 3008],
    [3008, 5120],
    [2900, 5120],
    [8192, 10_240],
    [10_240, undefined],
  ])("from %d MB leads to %s", (topMb, next) => {
    expect(nextClimb(samplingContext(), topMb)).toBe(next);
  });

  it("ends at the largest size that is allowed", () => {
    expect(nextClimb(samplingContext({}, { maxMb: 3008 }), 1769)).toBe(3008);
    expect(nextClimb(samplingContext({}, { maxMb: 3008 }), 3008)).toBeUndefined();
    expect(nextClimb(samplingContext({ memory: { minMb: 128, maxMb: 2000 } }), 1769)).toBe(2000);
  });

  it("takes a size of the list", () => {
    const context = samplingContext({ memory: { sizesMb: [512, 1024, 2048, 4096, 6000] } });
    expect(nextClimb(context, 2048)).toBe(4096);
    expect(nextClimb(context, 4096)).toBe(6000);
    expect(nextClimb(context, 6000)).toBeUndefined();
  });
});

describe("stepBelow", () => {
  it("is the nearest size at least half an octave below the largest", () => {
    expect(stepBelow([512, 1024, 1769, 2900, 3008])).toBe(2);
  });

  it("is the smallest where all are near, and nothing without another size", () => {
    expect(stepBelow([2900, 3008])).toBe(0);
    expect(stepBelow([3008])).toBeUndefined();
  });
});
