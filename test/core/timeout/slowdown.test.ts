import { describe, expect, it } from "vitest";
import { slowdownOf } from "../../../core/timeout/slowdown.ts";
import { production, sample, timeoutInput } from "./timeout-inputs.ts";

const at = (...durations: number[]) => durations.map((ms) => sample(ms));

describe("the slowdown between the current and the recommended size", () => {
  it("is none at all where the size stays", () => {
    expect(slowdownOf(timeoutInput({ samplesAtRecommended: at(900, 900, 900) }))).toEqual({ expected: 1, upper: 1 });
  });

  it("is the ratio of geometric means, bounded by the ratio of the sizes", () => {
    const samplesAtCurrent = at(90, 100, 110, 95, 105);
    const samplesAtRecommended = at(135, 150, 165, 140, 160);
    const slowdown = slowdownOf(timeoutInput({ recommendedMb: 512, samplesAtCurrent, samplesAtRecommended }));
    expect(slowdown.expected).toBeCloseTo(1.5, 1);
    expect(slowdown.upper).toBeGreaterThan(slowdown.expected);
    expect(slowdown.upper).toBeLessThanOrEqual(2);
  });

  it("believes samples that slow down more than CPU explains", () => {
    const samplesAtCurrent = at(100, 101, 99);
    const samplesAtRecommended = at(300, 303, 297);
    const slowdown = slowdownOf(timeoutInput({ recommendedMb: 512, samplesAtCurrent, samplesAtRecommended }));
    expect(slowdown.expected).toBeCloseTo(3, 6);
  });

  it("never shortens a tail because the function gets faster", () => {
    const slowdown = slowdownOf(timeoutInput({ recommendedMb: 2048, samplesAtRecommended: at(50, 51, 49) }));
    expect(slowdown).toEqual({ expected: 1, upper: 1 });
  });

  it("assumes the ratio of the sizes where the current one was not measured", () => {
    expect(slowdownOf(timeoutInput({ recommendedMb: 256, samplesAtCurrent: [] }))).toEqual({ expected: 4, upper: 4 });
  });

  it("counts warm healthy samples only", () => {
    const odd = [
      sample(9000, { cold: true }),
      sample(9000, { status: "timed-out" }),
      sample(9000, { status: "error" }),
    ];
    const samplesAtCurrent = at(100, 101, 99);
    const samplesAtRecommended = [...at(150, 151, 149), ...odd];
    const slowdown = slowdownOf(timeoutInput({ recommendedMb: 512, samplesAtCurrent, samplesAtRecommended }));
    expect(slowdown.expected).toBeCloseTo(1.5, 2);
  });

  it("covers a tail that slows down more than the typical invocation", () => {
    // Light invocations wait, heavy ones compute.
    const samplesAtCurrent = at(100, 100, 101, 99, 100, 102, 400, 404, 396, 400);
    const samplesAtRecommended = at(105, 104, 105, 106, 105, 105, 790, 800, 795, 805);
    const slowdown = slowdownOf(timeoutInput({ recommendedMb: 512, samplesAtCurrent, samplesAtRecommended }));
    expect(slowdown.upper).toBeGreaterThan(1.9);
  });

  it("allows for the whole ratio where production's tail is far beyond every sample", () => {
    const samplesAtCurrent = at(100, 101, 99, 100);
    const samplesAtRecommended = at(120, 121, 119, 120);
    const sizes = { recommendedMb: 512, samplesAtCurrent, samplesAtRecommended };
    const met = production({ maxMs: 390, tail: [] });
    expect(slowdownOf(timeoutInput({ ...sizes, production: met })).upper).toBeLessThan(1.3);
    const unmet = production({ maxMs: 5000, tail: [] });
    expect(slowdownOf(timeoutInput({ ...sizes, production: unmet })).upper).toBe(2);
  });
});
