import { expect, it } from "vitest";
import { judgeChoice, shareOf } from "../../../bench/examples/judge-choice.ts";

const sweep = [
  { memorySizeMb: 128, chargePerMillionUsd: 1, halfIntervalUsd: 0.06 },
  { memorySizeMb: 256, chargePerMillionUsd: 1.04, halfIntervalUsd: 0.01 },
  { memorySizeMb: 512, chargePerMillionUsd: 1.09, halfIntervalUsd: 0.08 },
  { memorySizeMb: 1024, chargePerMillionUsd: 2, halfIntervalUsd: 0.08 },
];

it.each([
  [128, 0, true, true],
  [256, 4, true, true],
  [512, 9, false, true],
  [1024, 100, false, false],
])("judges %d MB: %d percent over the best, within 5 percent %s, tied %s", (size, excess, within5Percent, tied) => {
  expect(judgeChoice(sweep, size)).toEqual({ excessPercent: expect.closeTo(excess, 9), within5Percent, tied });
});

it.each([undefined, 2048])("counts a choice of %s, which the sweep cannot judge, as a miss", (size) => {
  expect(judgeChoice(sweep, size)).toEqual({ within5Percent: false, tied: false });
});

it("counts the share of verdicts", () => {
  expect(shareOf([1, 2, 3, 4], (value) => value > 1)).toBe(0.75);
  expect(shareOf([], () => true)).toBeUndefined();
});
