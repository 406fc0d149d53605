import { expect, it } from "vitest";
import { CpuDemand } from "../../../local/sandbox/cpu-demand.ts";

it("asks for a whole core until something is known", () => {
  const demand = new CpuDemand(512);
  expect(demand.isKnown).toBe(false);
  expect(demand.wish).toEqual({ mb: 1769, waits: false });
});

it("asks for its own share where nothing will ever be known", () => {
  const demand = new CpuDemand(512);
  demand.giveUp();
  expect(demand.isKnown).toBe(true);
  expect(demand.wish).toEqual({ mb: 512, waits: false });
});

it.each([
  ["computes all the time", 256, 100, { mb: 1769, waits: false }],
  ["computes for a third of the time", 256, 34, { mb: 1769, waits: false }],
  ["waits for nearly all of the time", 256, 2, { mb: 71, waits: true }],
  ["has several cores and waits", 3538, 2, { mb: 71, waits: true }],
  ["has several cores and computes", 3538, 90, { mb: 3538, waits: false }],
])("grants what a function that %s needs", (_, shareMb, wantedMs, expected) => {
  const demand = new CpuDemand(shareMb);
  demand.learn(wantedMs, 100);
  expect(demand.isKnown).toBe(true);
  expect(demand.wish).toEqual(expected);
});

it("follows a function that computes after it has started up, and one that begins to", () => {
  const demand = new CpuDemand(1769);
  demand.learn(100, 100);
  for (let event = 0; event < 6; event++) demand.learn(1, 100);
  expect(demand.wish.waits).toBe(true);
  for (let event = 0; event < 2; event++) demand.learn(100, 100);
  expect(demand.wish).toEqual({ mb: 1769, waits: false });
});

it("grants whole megabytes, or what is given back would not add up", () => {
  const demand = new CpuDemand(1769);
  demand.learn(1, 7);
  expect(demand.wish.mb % 1).toBe(0);
});
