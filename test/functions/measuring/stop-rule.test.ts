import { describe, expect, it } from "vitest";
import type { SampleStatus } from "../../../core/invocation/sample.ts";
import { earlyStop, outcomeOf } from "../../../functions/measuring/stop-rule.ts";

const samples = (...statuses: readonly SampleStatus[]) =>
  statuses.map((status) => ({ durationMs: 1, billedMs: 1, cold: false, status, lane: 0, payload: 0, round: 1 }));

describe("earlyStop", () => {
  it.each([
    [["out-of-memory"], 0, "out-of-memory"],
    [["ok", "ok", "out-of-memory"], 0, "out-of-memory"],
    [["timed-out"], 0, "timed-out"],
    [["ok", "timed-out"], 0, undefined],
    [["ok", "timed-out", "ok", "timed-out"], 0, undefined],
    [["ok", "timed-out", "timed-out"], 0, "timed-out"],
    [["error", "error"], 0, undefined],
    [["error", "error", "error"], 0, "failing"],
    [["error", "error"], 1, "failing"],
    [[], 3, "failing"],
    [["ok", "error", "error", "error", "error"], 4, undefined],
    [[], 0, undefined],
  ] as const)("after %j and %i without a record says %s", (statuses, unmeasured, stop) => {
    expect(earlyStop(samples(...statuses), unmeasured)).toBe(stop);
  });
});

describe("outcomeOf", () => {
  it.each([
    [["ok", "ok"], 0, false, "measured"],
    [["ok", "error"], 0, false, "measured"],
    [["ok", "error"], 1, false, "failing"],
    [["error"], 0, false, "failing"],
    [[], 0, true, "throttled"],
    [["ok"], 0, true, "measured"],
  ] as const)("of %j, %i without a record, throttled %s, is %s", (statuses, unmeasured, wasThrottled, outcome) => {
    expect(outcomeOf(samples(...statuses), unmeasured, wasThrottled)).toBe(outcome);
  });
});
