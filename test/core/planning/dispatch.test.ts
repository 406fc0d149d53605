import { expect, it } from "vitest";
import { dispatch } from "../../../core/planning/dispatch.ts";

const job = (memorySizeMb: number, lanes: number) => ({ memorySizeMb, warm: 10, cold: 0, lanes });

it.each([
  [[8], 4, 1, [4]],
  [[8, 8], 4, 2, [2, 2]],
  [[1, 1, 1], 2, 2, [1, 1, 1]],
  [[3, 1], 100, 2, [3, 1]],
  [Array.from({ length: 64 }, () => 2), 1000, 40, Array.from({ length: 64 }, () => 2)],
  [Array.from({ length: 64 }, () => 2), 60, 40, Array.from({ length: 64 }, () => 1)],
  [[5], 1, 1, [1]],
])("lanes %j within %i invocations at once run %i sizes at once", (lanes, concurrency, sizesAtOnce, fitted) => {
  const round = dispatch(
    lanes.map((each, index) => job(128 + index, each)),
    concurrency,
  );
  expect(round.sizesAtOnce).toBe(sizesAtOnce);
  expect(round.jobs.map((each) => each.lanes)).toEqual(fitted);
  expect(sizesAtOnce * Math.max(...fitted)).toBeLessThanOrEqual(concurrency);
});

it("of no jobs is a round of nothing", () => {
  expect(dispatch([], 10)).toEqual({ jobs: [], sizesAtOnce: 1 });
});
