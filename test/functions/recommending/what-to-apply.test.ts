import { describe, expect, it } from "vitest";
import type { Report } from "../../../core/report/schema.ts";
import { whatToApply } from "../../../functions/recommending/what-to-apply.ts";
import { thumbnailReport } from "../../core/report/render-fixtures.ts";

/** The report of the fixtures, 640 MB and 3 s instead of 1,024 MB and 30 s, with other facts. */
const report = (recommendation: object = {}, timeoutRecommendation: object = {}): Report =>
  ({
    ...thumbnailReport,
    recommendation: { ...thumbnailReport.recommendation, ...recommendation },
    timeoutRecommendation: { ...thumbnailReport.timeoutRecommendation, ...timeoutRecommendation },
  }) as Report;
const both = { memory: true, timeout: true };
const slo = { percentile: 95, limitMs: 200 };
const tooShort = { currentSeconds: 2, recommendedSeconds: 3, keptCutShare: 0.1, currentCutShare: 0 };

describe("what a run applies by itself", () => {
  it("is what the request asks for", () => {
    expect(whatToApply(both, report())).toEqual({ apply: both, applyWanted: true, warnings: [] });
    expect(whatToApply({ memory: false, timeout: false }, report())).toMatchObject({
      applyWanted: false,
      warnings: [],
    });
  });

  it.each([
    [
      "no size is shown to meet the limit",
      both,
      report({ conclusive: false, slo: { ...slo, verdict: "not-shown" } }),
      /p95 within 200 ms/,
    ],
    ["every size misses the limit", both, report({ slo: { ...slo, verdict: "not-met" } }), /p95 within 200 ms/],
    [
      "the size needs a longer timeout that was not asked for",
      { memory: true, timeout: false },
      report({}, tooShort),
      /at 640 MB the current timeout of 2 s .* \(10%\)\. Have the timeout set with it/,
    ],
    [
      "the size needs a longer timeout that nobody should set unseen",
      both,
      report({}, { ...tooShort, censored: true }),
      /current timeout of 2 s/,
    ],
  ])("is nothing where %s, and it says why", (_, asked, of, reason) => {
    const { applyWanted, warnings } = whatToApply(asked, of);
    expect(applyWanted).toBe(false);
    expect(warnings).toEqual([{ kind: "not-applied", reason: expect.stringMatching(reason) }]);
  });

  it.each([
    ["its timeout with it", both, report({}, tooShort)],
    ["a size that is estimated to meet the limit", both, report({ slo: { ...slo, verdict: "estimated-met" } })],
    [
      "a size beside a timeout that is too short already",
      { memory: true, timeout: false },
      report({}, { ...tooShort, currentCutShare: 0.2 }),
    ],
  ])("is %s", (_, asked, of) => {
    expect(whatToApply(asked, of)).toMatchObject({ apply: asked, applyWanted: true, warnings: [] });
  });

  it("is the memory alone where invocations ended at the timeout: one that hangs would only be billed for longer", () => {
    const hanging = report({}, { currentSeconds: 10, recommendedSeconds: 20, censored: true, keptCutShare: 0 });
    expect(whatToApply(both, hanging)).toEqual({
      apply: { memory: true, timeout: false },
      applyWanted: true,
      warnings: [{ kind: "timeout-not-applied", reason: "censored", currentSeconds: 10, recommendedSeconds: 20 }],
    });
  });

  it("is the memory alone where the timeout cuts off healthy invocations for a caller that was only found", () => {
    const ceilings = [{ caller: "API Gateway", ceilingMs: 29_000 }];
    const found = { decidedBy: "caller-ceiling", ceilings, recommendedSeconds: 28, expectedCutShare: 0.17 };
    expect(whatToApply(both, report({}, found)).warnings).toMatchObject([
      { kind: "timeout-not-applied", reason: "caller-ceiling" },
    ]);
  });
});
