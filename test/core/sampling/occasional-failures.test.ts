import { expect, it } from "vitest";
import type { Outcome, SizeMeasurement } from "../../../core/run/measurement.ts";
import { judgeFailures } from "../../../core/sampling/occasional-failures.ts";
import { sizeWithCalls } from "./measured-size.ts";

type Row = readonly [mb: number, failures: number, healthy: number, before: Outcome, after: Outcome];

const sized = ([memorySizeMb, failures, healthy, outcome]: Row): SizeMeasurement =>
  sizeWithCalls(memorySizeMb, "error", failures, healthy, outcome);

it.each<[string, readonly Row[]]>([
  [
    "a function that fails now and then is no fault of the sizes that it failed more often at",
    [
      [128, 4, 3, "failing", "measured"],
      [512, 6, 8, "measured", "measured"],
      [1024, 3, 2, "failing", "measured"],
      [1769, 2, 5, "measured", "measured"],
    ],
  ],
  [
    "a size that clearly fails more often than the others is failing",
    [
      [128, 12, 3, "failing", "failing"],
      [512, 0, 15, "measured", "measured"],
      [1024, 1, 14, "measured", "measured"],
    ],
  ],
  [
    "a size without a success is failing: there is nothing to measure it by",
    [
      [128, 3, 0, "failing", "failing"],
      [512, 4, 6, "measured", "measured"],
    ],
  ],
  [
    "a function that fails about every second time is measured by the others",
    [
      [128, 8, 6, "failing", "measured"],
      [512, 7, 7, "measured", "measured"],
    ],
  ],
  [
    "a function that fails most of the time is failing at every size",
    [
      [128, 8, 3, "failing", "failing"],
      [512, 9, 4, "failing", "failing"],
    ],
  ],
  [
    "sizes that were given up for want of memory say nothing of it",
    [
      [128, 5, 0, "out-of-memory", "out-of-memory"],
      [512, 3, 2, "failing", "measured"],
      [1024, 1, 5, "measured", "measured"],
    ],
  ],
])("%s", (_, rows) => {
  expect(judgeFailures(rows.map(sized)).map(({ outcome }) => outcome)).toEqual(rows.map(([, , , , after]) => after));
});
