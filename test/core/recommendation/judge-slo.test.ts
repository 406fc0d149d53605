import { describe, expect, it } from "vitest";
import { sloVerdict } from "../../../core/recommendation/judge-slo.ts";
import { estimatePercentiles } from "../../../core/sampling/estimate-percentiles.ts";
import { measuredSize, observed } from "../sampling/measured-size.ts";

const verdictOf = (durationsMs: readonly number[], limitMs: number, percentile = 95) => {
  const [estimate] = estimatePercentiles(observed(measuredSize(512, durationsMs)), percentile, 0.95);
  if (estimate === undefined) throw new RangeError("Expected an estimate, got none.");
  return sloVerdict(estimate, percentile, limitMs, 0.95);
};
const calls = (count: number, slow = 0): number[] =>
  Array.from({ length: count }, (_, call) => (call < slow ? 500 : 99 + (call % 3)));

describe("sloVerdict", () => {
  it.each([
    ["met: enough calls, none of them slow", calls(59), 200, "met"],
    ["met: two slow calls among 124", calls(124, 2), 200, "met"],
    ["estimated-met: a few quiet calls", calls(8), 200, "estimated-met"],
    ["not-shown: a slow call among 59", calls(59, 1), 200, "not-shown"],
    ["not-shown: a few calls near the limit", calls(4), 104, "not-shown"],
    ["not-met: more slow calls than chance explains", calls(40, 6), 200, "not-met"],
    ["not-met: two of three calls", [90, 210, 220], 200, "not-met"],
  ])("is %s", (_, durationsMs, limitMs, verdict) => {
    expect(verdictOf(durationsMs, limitMs).verdict).toBe(verdict);
  });

  it("states the bound that it rests on and the likeliest value", () => {
    const shown = verdictOf(calls(59), 200);
    expect(shown.upperBoundMs).toBeCloseTo(101, 9);
    expect(shown.expectedMs).toBeLessThanOrEqual(shown.upperBoundMs ?? 0);
    expect(verdictOf(calls(59), 200, 99).verdict).toBe("estimated-met");
  });
});
