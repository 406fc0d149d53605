import { describe, expect, it } from "vitest";
import { coresOfList, quietestOf } from "../../../../local/sandbox/process/quiet-core.ts";

const times = (...busyMs: readonly number[]) => new Map(busyMs.map((ms, core) => [core, { busyMs: ms, stolenMs: 0 }]));

describe("the core that environments take turns on", () => {
  it("is the one that did least", () => {
    const before = times(1000, 5000, 200);
    const after = times(1060, 5000, 250);
    for (const chance of [0, 0.5, 0.99]) expect(quietestOf([0, 1, 2], before, after, chance)).toBe(1);
  });

  it("is one of those about equally quiet, by chance", () => {
    const before = times(0, 0, 0, 0);
    const after = times(60, 10, 0, 10);
    const chosen = [0, 0.34, 0.67].map((chance) => quietestOf([0, 1, 2, 3], before, after, chance));
    expect(chosen).toEqual([1, 2, 3]);
  });

  it("is none but those that we may use", () => {
    expect(quietestOf([1, 2], times(0, 0, 0), times(0, 60, 30), 0.5)).toBe(2);
  });

  it("is not one that the host gives to others", () => {
    const stolen = new Map([
      [0, { busyMs: 0, stolenMs: 40 }],
      [1, { busyMs: 10, stolenMs: 0 }],
    ]);
    expect(quietestOf([0, 1], times(0, 0), stolen, 0)).toBe(1);
  });
});

it.each([
  ["0-1", [0, 1]],
  ["3", [3]],
  ["0-2,5,8-9", [0, 1, 2, 5, 8, 9]],
  ["", []],
])("reads %j as a list of cores", (list, cores) => {
  expect(coresOfList(list)).toEqual(cores);
});
