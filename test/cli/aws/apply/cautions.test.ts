import { describe, expect, it } from "vitest";
import { cautionsAbout } from "../../../../cli/aws/apply/cautions.ts";
import type { Report } from "../../../../core/report/schema.ts";
import { thumbnailReport } from "../../../core/report/render-fixtures.ts";

const timeout = { ...thumbnailReport.timeoutRecommendation, currentSeconds: 2, recommendedSeconds: 3 };
const report = (facts: object = {}, recommendation: object = {}): Report =>
  ({
    ...thumbnailReport,
    recommendation: { ...thumbnailReport.recommendation, ...recommendation },
    timeoutRecommendation: { ...timeout, ...facts },
  }) as Report;
const setting = (after: object = {}) => ({
  functionArn: thumbnailReport.functionArn,
  before: { memorySizeMb: 1024, timeoutSeconds: 2 },
  after: { memorySizeMb: 640, timeoutSeconds: 3, ...after },
});

describe("before a recommended setting is set, a person hears", () => {
  it("nothing of one that may be set unseen", () => {
    expect(cautionsAbout(report(), setting())).toEqual([]);
  });

  it.each([
    ["that the run was inconclusive", report({}, { conclusive: false }), {}, "inconclusive"],
    [
      "of a limit that no size keeps",
      report({}, { slo: { percentile: 95, limitMs: 200, verdict: "not-met" } }),
      {},
      "p95",
    ],
    ["of invocations that ended at the timeout", report({ censored: true }), {}, "billed for longer"],
    [
      "of healthy invocations that the current timeout would cut off",
      report({ keptCutShare: 0.1 }),
      { timeoutSeconds: 2 },
      "at 640 MB the timeout of 2 s is expected to cut off healthy invocations (10%): leave out --only to set 3 s",
    ],
  ])("%s", (_, of, after, words) => {
    expect(cautionsAbout(of, setting(after))).toEqual([expect.stringContaining(words)]);
  });
});
