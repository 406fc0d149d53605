import { describe, expect, it } from "vitest";
import { cliffBonus } from "../../../core/sampling/cliff-bonus.ts";
import { estimateSizes } from "../../../core/sampling/estimate-sizes.ts";
import { measuredSize, observed } from "./measured-size.ts";
import { samplingContext } from "./sampling-context.ts";

const anchors = [192, 512, 1024, 1769];
const estimatesOf = (durationAt: (memoryMb: number) => number) => {
  const calls = (ms: number): number[] => [0.98, 1, 1.02, 0.99, 1.01, 1].map((factor) => factor * ms);
  return estimateSizes(observed(...anchors.map((mb) => measuredSize(mb, calls(durationAt(mb))))), [1]);
};
/** Paging below some size under 512 MB: ten times as long; else bound by I/O. */
const paging = estimatesOf((mb) => (mb < 400 ? 8000 : 800));
const cpu = estimatesOf((mb) => 1e6 / mb);

/** Logarithm of mean billed milliseconds at 512 MB, where the lowest charge was measured. */
const at512 = paging.sizes[1]?.rounds[0]?.logBody ?? Number.NaN;
const best = at512 + Math.log(512);
const bonus = (mb: number, lowest = best, estimates = paging, request: object = {}): number =>
  cliffBonus(estimates, mb, lowest, samplingContext(request));

describe("cliffBonus", () => {
  it("is what a size just above the edge of a cliff would save, by how likely it lies above", () => {
    // Most in the middle: sizes near the upper end of the gap save little, sizes near the lower end are likely too slow.
    const values = [200, 280, 340, 420, 505].map((mb) => bonus(mb));
    for (const value of values) expect(value).toBeGreaterThan(0);
    expect(Math.max(...values)).toBe(Math.max(...values.slice(1, 4)));
    // In the middle the gain is half the gap in logarithms, with a probability of a half, and 0.6 that there is an edge at all.
    expect(Math.max(...values)).toBeLessThan(0.6 * 0.25 * Math.log(512 / 192) + 1e-9);
  });

  it("is nothing where the size above is no better than the best even with less memory", () => {
    expect(bonus(400, best - 1)).toBe(0);
  });

  it("is nothing in a gap without a cliff, and outside of what was measured", () => {
    expect([bonus(700), bonus(1300), bonus(130), bonus(3000), bonus(1769)]).toEqual([0, 0, 0, 0, 0]);
  });

  it("is nothing where duration falls as CPU explains", () => {
    const reach = Math.log(1e6) + 1;
    expect([300, 700, 1300].map((mb) => bonus(mb, reach, cpu))).toEqual([0, 0, 0]);
  });

  it("counts memory as little as the objective does", () => {
    const balanced = { objective: { kind: "balanced", weight: 0.5 } };
    const lowest = at512 + 0.5 * Math.log(512);
    expect(bonus(340, lowest, paging, balanced)).toBeCloseTo(0.5 * bonus(340), 9);
  });
});
