import { describe, expect, it } from "vitest";
import type { Objective } from "../../../core/request/schema.ts";
import { benchmarkSampling } from "../../../bench/sampling/benchmark.ts";
import { SimulatedPlatform } from "../../../bench/sampling/platform.ts";
import { bestOf, scoreCondition } from "../../../bench/sampling/score-condition.ts";
import { type SimulatedFunction, Truth } from "../../../bench/sampling/simulated-function.ts";

// 100 ms of waiting and as much work at one vCPU, without noise.
const simulated: SimulatedFunction = {
  id: "half-waiting",
  group: "half-waiting",
  family: "mixed",
  weight: 1,
  currentMb: 1024,
  memoryUsedMb: 60,
  payloadShares: [1],
  hostSd: 0,
  initMs: 100,
  coldFactor: 2,
  autocorrelation: 0,
  durationMs: (memoryMb) => 100 + 100 / Math.min(1, memoryMb / 1769),
};
const truth = new Truth(simulated);
const scored = (objective: Objective, chosenMb: number) =>
  scoreCondition(truth, { platform: new SimulatedPlatform(simulated, 1), objective, chosenMb }).condition;

describe("the score of a condition on the duration", () => {
  it("compares speed with the cheapest size within the tolerance, and misses beyond 5 % more", () => {
    const speed = { kind: "speed", toleranceP: 5 } as const;
    expect(bestOf(truth, speed).memoryMb).toBeGreaterThan(1769 / 1.12);
    expect(bestOf(truth, speed).memoryMb).toBeLessThan(1769 / 1.05);
    expect(scored(speed, 1769)?.isMissed).toBe(false);
    expect(scored(speed, 1024)?.isMissed).toBe(true);
  });

  it("knows whether some size keeps a limit", () => {
    expect(scored({ kind: "slo", percentile: 95, durationMs: 250 }, 1769)).toMatchObject({
      isMeetable: true,
      isClaimed: false,
      isMissed: false,
    });
    expect(scored({ kind: "slo", percentile: 95, durationMs: 150 }, 1769)).toMatchObject({
      isMeetable: false,
      isMissed: true,
    });
  });

  it("has nothing to say of other objectives", () => {
    expect(scored({ kind: "cost" }, 512)).toBeUndefined();
    expect(bestOf(truth, { kind: "cost" })).toEqual(truth.best);
  });
});

it("reports both objectives over a few functions", () => {
  const { methods } = benchmarkSampling({ repeats: 1, seed: 3, limit: 3, methods: ["adaptive-speed", "adaptive-slo"] });
  expect(methods["adaptive-speed"]?.condition?.shownShare).toBe(0);
  const { missedShare = 2, shownShare = 2, estimatedShare = 2 } = methods["adaptive-slo"]?.condition ?? {};
  expect(missedShare).toBeLessThanOrEqual(shownShare + estimatedShare);
  expect(shownShare + estimatedShare).toBeLessThanOrEqual(1);
});
