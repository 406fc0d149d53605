import { describe, expect, it } from "vitest";
import { readings } from "../../../../functions/observability/readings/recommend.ts";

const spendOf = (actual: object): number | undefined =>
  readings(undefined, {
    target: { functionName: "thumbnails" },
    report: { currentMemorySize: 1024, memorySizeRecommendationOptions: [], run: { cost: { actual } } },
  }).find(({ metric }) => metric === "spendUsd")?.value;

describe("the spend that a report adds to what Measure has told", () => {
  it("is that of the tuner's functions and of state transitions", () => {
    expect(spendOf({ tunerFunctions: 0.01, stateTransitions: 0.002 })).toBeCloseTo(0.012, 12);
  });

  it("has what SnapStart charges for the versions of the run", () => {
    expect(spendOf({ tunerFunctions: 0.01, stateTransitions: 0.002, snapStart: 6.8 })).toBeCloseTo(6.812, 12);
  });
});
