import { describe, expect, it } from "vitest";
import { formatUsd } from "../../../core/report/format-usd.ts";
import {
  confidenceStatement,
  costStatement,
  estimateStatement,
  goalOf,
  memoryStatement,
  monthlySavingStatement,
  sloStatement,
  targetName,
  timeoutStatement,
} from "../../../core/report/render-statements.ts";
import type { Recommendation, Report } from "../../../core/report/schema.ts";
import { thumbnailReport } from "./render-fixtures.ts";

const withAdvice = (changes: Partial<Recommendation>): Report => {
  const { recommendation } = thumbnailReport;
  if (recommendation === undefined) throw new TypeError("The fixture has a recommendation.");
  return { ...thumbnailReport, recommendation: { ...recommendation, ...changes } };
};

describe("the memory advice", () => {
  it.each([
    [{ savingPercent: { expected: 12.6 }, durationChangePercent: -20 }, "13% cheaper, 20% faster"],
    [{ savingPercent: { expected: -30.2 }, durationChangePercent: -80 }, "30% dearer, 5.0x as fast"],
    [
      { savingPercent: { expected: -30, interval: { lower: -35, upper: -25 } }, durationChangePercent: 150 },
      "30% dearer (25% to 35%), 2.5x the duration",
    ],
    [
      { savingPercent: { expected: 9.5, interval: { lower: -27, upper: 35 } }, durationChangePercent: 0 },
      "9.5% cheaper (27% dearer to 35% cheaper), same duration",
    ],
    [{ savingPercent: { expected: 0.01 }, durationChangePercent: 0.01 }, "same charge, same duration"],
  ])("%j reads %s", (changes, words) => {
    expect(memoryStatement(withAdvice(changes))?.effect).toBe(words);
  });

  it("keeps what is best already, and what nothing better was shown for", () => {
    expect(memoryStatement(withAdvice({ memorySizeMb: 1024 }))?.effect).toBe("already the cheapest");
    expect(memoryStatement(withAdvice({ memorySizeMb: 1024, conclusive: false }))?.effect).toBe(
      "nothing better was shown",
    );
  });

  it.each([
    ["met", "already the cheapest with p95 under 300 ms"],
    ["not-met", "already the closest to p95 under 300 ms"],
    ["not-shown", "already the closest to p95 under 300 ms"],
  ] as const)("says how near a limit on latency that is %s it came", (verdict, words) => {
    const slo = { percentile: 95, limitMs: 300, verdict };
    const objective = { kind: "slo", percentile: 95, durationMs: 300 } as const;
    expect(memoryStatement(withAdvice({ memorySizeMb: 1024, objective, slo }))?.effect).toBe(words);
  });

  it("says when the plain means beside it say something else", () => {
    expect(estimateStatement(thumbnailReport)).toBeUndefined();
    const words =
      "The measured means alone say 13% cheaper, 39% slower; the advice and all charges here also weigh in what the other sizes show.";
    expect(estimateStatement(withAdvice({ savingPercent: { expected: 5 } }))).toBe(words);
    expect(estimateStatement(withAdvice({ durationChangePercent: 60 }))).toBe(words);
  });
});

it.each([
  [{ regretBoundPercent: { confidence: 0.95, value: 2.13 } }, "95% sure that no other size costs over 2.1% less"],
  [{ regretBoundPercent: { confidence: 0.99, value: 0 } }, "99% sure that no other size costs less"],
  [{ regretBoundPercent: { confidence: 0.99, value: 1e-9 } }, "99% sure that no other size costs less"],
  [{ conclusive: false, stopReason: "round-limit" as const }, "inconclusive: the round limit ended sampling first."],
  [{ conclusive: false, stopReason: "plan-complete" as const }, "inconclusive: no size ran well with memory to spare."],
  [
    { conclusive: false, stopReason: "plan-complete" as const, unsettledPercent: 41 },
    "inconclusive: too few calls to rule out that it is 41% dearer than another size.",
  ],
  [
    {
      conclusive: false,
      stopReason: "plan-complete" as const,
      unsettledPercent: 12,
      objective: { kind: "balanced" as const, weight: 0.5 },
    },
    "inconclusive: too few calls to rule out that it is 12% worse than another size.",
  ],
])("confidence %j reads %s", (changes, words) => {
  expect(confidenceStatement(withAdvice(changes))).toBe(words);
});

it.each([
  [9.44, "95% sure that no other size balances charge and duration over 9.4% better"],
  [0, "95% sure that no other size balances charge and duration better"],
])("a regret of %d in an objective other than the charge reads %s", (value, words) => {
  const objective = { kind: "balanced", weight: 1 } as const;
  expect(confidenceStatement(withAdvice({ objective, regretBoundPercent: { confidence: 0.95, value } }))).toBe(words);
});

describe("a run that did not measure the current size", () => {
  const only = (sizesMb: readonly number[]): Report => {
    const {
      savingPercent: _saving,
      durationChangePercent: _change,
      ...recommendation
    } = thumbnailReport.recommendation ?? {};
    return {
      ...thumbnailReport,
      recommendation: recommendation as Recommendation,
      measurements: thumbnailReport.measurements.filter(({ memorySizeMb }) => sizesMb.includes(memorySizeMb)),
    };
  };

  it("claims nothing of sizes that it was not asked for", () => {
    expect(memoryStatement(only([512, 640]))?.effect).toBe(
      "the cheapest of the sizes measured, 1024 MB not among them",
    );
    expect(confidenceStatement(only([512, 640]))).toBe(
      "95% sure that no other of the sizes asked for costs over 2.1% less; 1024 MB was not measured",
    );
  });

  it("claims nothing of others where it measured one", () => {
    expect(memoryStatement(only([640]))?.effect).toBe("the only size measured");
    expect(confidenceStatement(only([640]))).toBe("no other size was measured: there is nothing to compare it with");
    expect(memoryStatement({ ...only([640]), currentMemorySize: 640 })?.effect).toBe("the only size measured");
  });

  it("says so where the others that it tried could not be used", () => {
    const report = only([640, 1024]);
    const measurements = report.measurements.map((size) =>
      size.memorySizeMb === 640 ? size : { ...size, outcome: "unavailable" as const },
    );
    expect(memoryStatement({ ...report, measurements })?.effect).toBe("the only size that could be used");
    expect(confidenceStatement({ ...report, measurements })).toContain("no other size could be used");
  });
});

it.each([
  ["met", "p95 under 300 ms is met (upper bound 280 ms)"],
  ["estimated-met", "p95 under 300 ms is met by estimate (upper bound 280 ms); too few samples to show it"],
  ["not-met", "p95 under 300 ms is not met (upper bound 280 ms)"],
  ["not-shown", "p95 under 300 ms is not shown: too few samples (upper bound 280 ms)"],
] as const)("an SLO that is %s reads %s", (verdict, words) => {
  expect(sloStatement(withAdvice({ slo: { percentile: 95, limitMs: 300, verdict, upperBoundMs: 280 } }))).toBe(words);
});

it.each([
  [{ kind: "cost" as const }, "the cheapest"],
  [{ kind: "speed" as const, toleranceP: 5 }, "the cheapest within 5% of the fastest"],
  [{ kind: "balanced" as const, weight: 0.3 }, "the best balance of charge and duration (weight 0.3)"],
  [{ kind: "slo" as const, percentile: 99, durationMs: 1500 }, "the cheapest with p99 under 1.50 s"],
])("the objective %j is %s", (objective, words) => {
  expect(goalOf(objective)).toBe(words);
});

it.each([
  [0, "cuts off no healthy call; from production history"],
  [1e-9, "cuts off under 1 in a million healthy calls; from production history"],
  [0.03, "cuts off about 3% of healthy calls; from production history"],
])("a timeout that cuts off %d reads %s", (expectedCutShare, words) => {
  const { timeoutRecommendation } = thumbnailReport;
  if (timeoutRecommendation === undefined) throw new TypeError("The fixture has a timeout.");
  const report = { ...thumbnailReport, timeoutRecommendation: { ...timeoutRecommendation, expectedCutShare } };
  expect(timeoutStatement(report)?.effect).toBe(words);
});

it("names the version or alias that was measured", () => {
  expect(targetName({ ...thumbnailReport, functionVersion: "live" })).toBe("image-thumbnail:live");
});

it("says that a month costs more where it does", () => {
  const costing = (value: number): Report => ({
    ...thumbnailReport,
    memorySizeRecommendationOptions: thumbnailReport.memorySizeRecommendationOptions.map((option) => ({
      ...option,
      savingsOpportunity: {
        savingsOpportunityPercentage: 1,
        estimatedMonthlySavings: { currency: "USD" as const, value },
      },
    })),
  });
  expect(monthlySavingStatement(costing(2))).toMatchObject({
    label: "Saves",
    words: expect.stringMatching(/^about \$2.00 a month/),
  });
  expect(monthlySavingStatement(costing(-2))).toMatchObject({
    label: "Costs",
    words: expect.stringMatching(/^about \$2.00 more a month/),
  });
});

it("counts the state transitions in what a run here would have cost in AWS", () => {
  const { run } = thumbnailReport;
  const transitions = 40;
  const report = { ...thumbnailReport, run: { ...run, stateTransitions: transitions } };
  const more = formatUsd(run.cost.actual.total + transitions * 0.000025);
  expect(costStatement(report)).toMatch(`would have cost ${more} in AWS`);
  expect(costStatement({ ...report, run: { ...report.run, engine: "aws" } })).toMatch(
    new RegExp(`^\\${formatUsd(run.cost.actual.total)} \\(`),
  );
});
