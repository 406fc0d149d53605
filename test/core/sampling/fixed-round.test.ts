import { describe, expect, it } from "vitest";
import { fixedRound } from "../../../core/sampling/fixed-round.ts";
import { measuredSize, times } from "./measured-size.ts";
import { samplingContext } from "./sampling-context.ts";

const memory = { sizesMb: [512, 1024] };
const context = (maxUsd?: number) =>
  samplingContext({
    memory,
    sampling: { method: "fixed", invocationsPerSize: 4 },
    budget: maxUsd === undefined ? {} : { maxUsd },
  });

/** A second of 1,024 MB. */
const perCall = 0.0000166667 + 0.0000002;
const reasonAfter = (warmCalls: number, maxUsd?: number) => {
  // Its cold call is billed 2.1 s.
  const measurements = [measuredSize(512, times(4, 1000)), measuredSize(1024, times(warmCalls, 1000))];
  return fixedRound(context(maxUsd), measurements, 1);
};

describe("fixedRound", () => {
  it("is the whole run: it ends when every size has its calls", () => {
    expect(reasonAfter(4)).toEqual({ kind: "done", reason: "plan-complete" });
    expect(reasonAfter(4, 13 * perCall)).toEqual({ kind: "done", reason: "plan-complete" });
  });

  it.each([12, 11, 9])(
    "ended at the limit of dollars when a share of half of %d calls holds no further one",
    (calls) => {
      expect(reasonAfter(3, calls * perCall)).toEqual({ kind: "done", reason: "spend-limit" });
    },
  );

  it("did not end at the limit of dollars when that left room", () => {
    expect(reasonAfter(3, 100 * perCall)).toEqual({ kind: "done", reason: "plan-complete" });
  });
});
