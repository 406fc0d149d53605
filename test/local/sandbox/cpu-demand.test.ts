import { expect, it } from "vitest";
import { CpuDemand } from "../../../local/sandbox/cpu-demand.ts";

it("asks for a whole core until something is known", () => {
  const demand = new CpuDemand(512);
  expect(demand.isKnown).toBe(false);
  expect(demand.mb).toBe(1769);
});

it.each([
  ["computes all the time", 256, 100, 1769],
  ["computes for a third of the time", 256, 34, 1769],
  ["waits for nearly all of the time", 256, 2, 71],
  ["has several cores and waits", 3538, 2, 142],
  ["has several cores and computes", 3538, 90, 3538],
])("grants what a function that %s needs", (_, shareMb, wantedMs, expectedMb) => {
  const demand = new CpuDemand(shareMb);
  demand.learn(wantedMs, 100);
  expect(demand.isKnown).toBe(true);
  expect(demand.mb).toBe(expectedMb);
});

it("follows a function that computes after it has started up, and one that begins to", () => {
  const demand = new CpuDemand(1769);
  demand.learn(100, 100);
  for (let event = 0; event < 6; event++) demand.learn(1, 100);
  expect(demand.mb).toBeLessThan(200);
  for (let event = 0; event < 2; event++) demand.learn(100, 100);
  expect(demand.mb).toBe(1769);
});

it("grants whole megabytes, or what is given back would not add up", () => {
  const demand = new CpuDemand(1769);
  demand.learn(1, 7);
  expect(demand.mb % 1).toBe(0);
});
