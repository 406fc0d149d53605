import { describe, expect, it } from "vitest";
import type { Decision, Job } from "../../../core/sampling/decision.ts";
import { withinLimits } from "../../../core/sampling/within-limits.ts";
import { measuredSize, observed, times } from "./measured-size.ts";
import { samplingContext } from "./sampling-context.ts";

const job = (memorySizeMb: number, warm: number, facts: Partial<Job> = {}): Job => ({
  memorySizeMb,
  warm,
  cold: 0,
  lanes: 1,
  ...facts,
});
const measure = (...jobs: readonly Job[]): Decision => ({ kind: "measure", jobs });

/** One size of 1 GB with 5 invocations of a second each: USD 0.0000168667 an invocation, with the fee. */
const known = observed(measuredSize(1024, times(4, 1000))).map((size) => ({
  ...size,
  all: size.all.map((sample) => ({ ...sample, billedMs: 1000 })),
}));
const perCall = 0.0000166667 + 0.0000002;

describe("withinLimits", () => {
  it("leaves a round as it is where the request sets no limit, and an end an end", () => {
    const round = measure(job(512, 400, { cold: 20, lanes: 3 }), job(1024, 400));
    expect(withinLimits(samplingContext(), known, round)).toEqual(round);
    const end: Decision = { kind: "done", reason: "converged" };
    expect(withinLimits(samplingContext({ budget: { maxInvocations: 2 } }), known, end)).toBe(end);
  });

  it.each([{ sampling: { maxInvocations: 14 } }, { budget: { maxInvocations: 14 } }])(
    "cuts calls down to the invocations left, a cold start of each new environment included, by %j",
    (request) => {
      // 5 of 14 are spent; the new size takes 1 + 4, which leaves 4 for the known one.
      expect(withinLimits(samplingContext(request), known, measure(job(512, 4), job(1024, 6)))).toEqual(
        measure(job(512, 4), job(1024, 4)),
      );
    },
  );

  it("leaves a size out when not one warm call of it is left", () => {
    const context = samplingContext({ budget: { maxInvocations: 11 } });
    expect(withinLimits(context, known, measure(job(512, 4, { lanes: 2 }), job(600, 4), job(1024, 6)))).toEqual(
      measure(job(512, 4, { lanes: 2 })),
    );
  });

  it("ends at the limit of invocations", () => {
    const context = samplingContext({ budget: { maxInvocations: 6 } });
    expect(withinLimits(context, known, measure(job(512, 4)))).toEqual({ kind: "done", reason: "invocation-limit" });
  });

  it("ends at the limit of invocations also when a few are left, but fewer than a size's cold starts", () => {
    const context = samplingContext({ budget: { maxInvocations: 9 } });
    const decision = withinLimits(context, known, measure(job(512, 4, { cold: 10 })));
    expect(decision).toEqual({ kind: "done", reason: "invocation-limit" });
  });

  it("forces no more cold starts than a run can publish versions for, and measures sizes all the same", () => {
    const context = samplingContext({ sampling: { coldStarts: 100 } });
    const forced = known.map((size) => ({ ...size, all: [...times(100, 0).flatMap(() => size.cold), ...size.all] }));
    const five = [128, 256, 512, 1769, 3008].map((mb) => job(mb, 4, { cold: 100 }));
    expect(withinLimits(context, forced, measure(...five, job(4096, 4, { cold: 100 })))).toEqual(
      measure(...five, job(4096, 4)),
    );
    expect(withinLimits(context, [], measure(...five, job(4096, 4, { cold: 100 }), job(5120, 4, { cold: 9 })))).toEqual(
      measure(...five, job(4096, 4, { cold: 100 }), job(5120, 4)),
    );
  });

  it("cuts calls down to the dollars left, at what the nearest size has cost so far", () => {
    const maxUsd = (calls: number) => samplingContext({ budget: { maxUsd: (5 + calls) * perCall } });
    expect(withinLimits(maxUsd(3.5), known, measure(job(1024, 6)))).toEqual(measure(job(1024, 3)));
    // Half the memory for the same time is half the charge: 7 calls, of which one is the cold start.
    const half = 0.0000166667 / 2 + 0.0000002;
    const context = samplingContext({ budget: { maxUsd: 5 * perCall + 7.5 * half } });
    expect(withinLimits(context, known, measure(job(512, 20)))).toEqual(measure(job(512, 6)));
  });

  it("reckons calls that left no record at the dearest one of their size", () => {
    const lost = known.map((size) => ({ ...size, invocations: size.invocations + 2 }));
    const context = samplingContext({ budget: { maxUsd: 10.5 * perCall } });
    expect(withinLimits(context, lost, measure(job(1024, 6)))).toEqual(measure(job(1024, 3)));
  });

  it("ends at the limit of dollars", () => {
    const context = samplingContext({ budget: { maxUsd: 5.9 * perCall } });
    expect(withinLimits(context, known, measure(job(1024, 4)))).toEqual({ kind: "done", reason: "spend-limit" });
    const over = samplingContext({ budget: { maxUsd: 4 * perCall } });
    expect(withinLimits(over, known, measure(job(1024, 4)))).toEqual({ kind: "done", reason: "spend-limit" });
  });

  it("foresees the fees alone before anything has run", () => {
    const context = samplingContext({ budget: { maxUsd: 8.5 * 0.0000002 } });
    expect(withinLimits(context, [], measure(job(512, 4), job(1024, 4)))).toEqual(measure(job(512, 4), job(1024, 2)));
  });
});
