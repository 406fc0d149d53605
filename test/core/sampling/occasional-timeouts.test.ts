import { describe, expect, it } from "vitest";
import type { Outcome, SizeMeasurement } from "../../../core/run/measurement.ts";
import { judgeTimeouts, occasionalTimeouts } from "../../../core/sampling/occasional-timeouts.ts";
import { sizeWithCalls } from "./measured-size.ts";

const sized = (memorySizeMb: number, timeouts: number, healthy: number, outcome: Outcome): SizeMeasurement =>
  sizeWithCalls(memorySizeMb, "timed-out", timeouts, healthy, outcome);

type Row = readonly [mb: number, timeouts: number, healthy: number, before: Outcome, after: Outcome];

describe("timeouts", () => {
  it.each<[string, readonly Row[], readonly number[]]>([
    [
      "at the same rate at all sizes are no fault of a size",
      [
        [128, 1, 5, "timed-out", "measured"],
        [129, 2, 10, "measured", "measured"],
        [512, 1, 7, "measured", "measured"],
        [1024, 1, 0, "timed-out", "timed-out"],
      ],
      [128, 129, 512, 1024],
    ],
    [
      "of nearly all calls at the smallest sizes are",
      [
        [128, 2, 0, "timed-out", "timed-out"],
        [256, 3, 1, "timed-out", "timed-out"],
        [512, 0, 10, "measured", "measured"],
      ],
      [],
    ],
    [
      "that larger sizes clearly do not have are a lack of memory, though most calls succeed",
      [
        [128, 8, 12, "measured", "timed-out"],
        [256, 0, 20, "measured", "measured"],
        [512, 0, 20, "measured", "measured"],
      ],
      [],
    ],
    [
      "at every call of every size are",
      [
        [128, 2, 0, "timed-out", "timed-out"],
        [1024, 1, 0, "timed-out", "timed-out"],
      ],
      [],
    ],
    [
      "above a size that runs well are not",
      [
        [256, 0, 10, "measured", "measured"],
        [1024, 1, 9, "timed-out", "measured"],
      ],
      [1024],
    ],
    [
      "take nothing from another verdict",
      [
        [128, 1, 9, "out-of-memory", "out-of-memory"],
        [1024, 1, 9, "measured", "measured"],
      ],
      [128, 1024],
    ],
  ])("%s", (_, rows, occasional) => {
    const measurements = rows.map(([mb, timeouts, healthy, before]) => sized(mb, timeouts, healthy, before));
    expect(judgeTimeouts(measurements).map(({ outcome }) => outcome)).toEqual(rows.map(([, , , , after]) => after));
    expect(occasionalTimeouts(measurements).map(({ memorySizeMb }) => memorySizeMb)).toEqual(occasional);
  });

  it("that outlasted the measuring function stay what they are", () => {
    const errors = [{ type: "TooSlowToMeasure", count: 1, example: "It ran longer." }];
    const slow = { ...sized(128, 1, 5, "timed-out"), errors };
    expect(judgeTimeouts([slow])).toEqual([slow]);
  });
});
