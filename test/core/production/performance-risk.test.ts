import { expect, it } from "vitest";
import { performanceRisk } from "../../../core/production/performance-risk.ts";
import { production } from "../timeout/timeout-inputs.ts";

const current = { timeoutSeconds: 10, memorySizeMb: 1000, maxMemoryUsedMb: 300 };

it.each([
  ["VeryLow", 400, 0],
  ["Low", 3000, 0],
  ["Medium", 6000, 0],
  ["High", 9000, 0],
  ["High", 400, 600],
] as const)("is %s with a p99 of %d ms and %d throttles", (risk, p99Ms, throttles) => {
  expect(performanceRisk(production({ p99Ms, maxMs: 9500 }, { throttles }), current)).toBe(risk);
});

it.each([
  ["VeryLow", 700],
  ["Low", 750],
  ["Medium", 850],
  ["High", 950],
] as const)("is %s with %d of 1000 MB used", (risk, maxMemoryUsedMb) => {
  expect(performanceRisk(production(), { ...current, maxMemoryUsedMb })).toBe(risk);
});

it("is High where more than 1 in 1,000 ends at the timeout", () => {
  expect(performanceRisk(production({}, { timeouts: 60 }), current)).toBe("High");
});

it("is unknown without durations", () => {
  const { duration: _none, ...metrics } = production();
  expect(performanceRisk(metrics, current)).toBeUndefined();
});
