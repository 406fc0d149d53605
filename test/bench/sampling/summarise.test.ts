import { describe, expect, it } from "vitest";
import { groupBootstrap } from "../../../bench/sampling/bootstrap.ts";
import type { RunScore } from "../../../bench/sampling/measure-run.ts";
import { summariseMethod } from "../../../bench/sampling/summarise.ts";

const run = (score: Partial<RunScore>): RunScore => ({
  functionId: "one",
  group: "one",
  family: "cpu",
  weight: 1,
  regretPercent: 0,
  chosenMb: 1024,
  bestMb: 1024,
  invocations: 50,
  sizes: 6,
  rounds: 3,
  billedGbSeconds: 10,
  wallSeconds: 20,
  ...score,
});
const summarised = (runs: readonly RunScore[], baseline?: readonly RunScore[]) =>
  summariseMethod(runs, baseline, (values) => groupBootstrap(values, 1));

describe("summariseMethod", () => {
  it("weighs every group the same, however many functions it has", () => {
    const lone = run({ group: "lone", regretPercent: 4 });
    const pair = ["first", "second"].map((functionId) => run({ functionId, group: "pair", weight: 0.5 }));
    expect(summarised([lone, ...pair]).regretPercent).toMatchObject({ mean: 2, median: 0, p95: 4, max: 4 });
  });

  it("says how often statements hold over the runs that make them", () => {
    const summary = summarised([
      run({ intervalHeld: true, savingsHeld: false }),
      run({ intervalHeld: false }),
      run({ intervalHeld: true }),
      run({ intervalHeld: true }),
    ]);
    expect(summary).toMatchObject({ intervalCoverage95: 0.75, savingsCoverage95: 0 });
    expect(summary).not.toHaveProperty("regretBound90Held");
  });

  it("says how roughly few functions tell how often statements hold: runs of one function are one witness", () => {
    const runsOf = (groups: number) =>
      Array.from({ length: 400 }, (_, index) =>
        run({ group: `group ${index % groups}`, intervalHeld: index % groups >= groups / 10 }),
      );
    const [few, many] = [10, 400].map((groups) => summarised(runsOf(groups)));
    expect([few?.intervalCoverage95, many?.intervalCoverage95]).toEqual([0.9, 0.9]);
    const bounds = [few, many].map((summary) => summary?.coverageIntervals?.intervalCoverage95);
    const [wide, narrow] = bounds.map((both) => (both?.upper ?? 0) - (both?.lower ?? 0));
    expect(narrow).toBeGreaterThan(0.03);
    expect(narrow).toBeLessThan(0.09);
    expect(wide).toBeGreaterThan(0.25);
  });

  it("tells the time of decisions from that of the choice at the end", () => {
    const summary = summarised([
      run({ slowestDecisionMs: 60, choiceMs: 100 }),
      run({ slowestDecisionMs: 80, choiceMs: 110 }),
    ]);
    expect(summary).toMatchObject({
      slowestDecisionMs: 80,
      decisionMsOfARun: { median: 60, p95: 80 },
      choiceMsOfARun: { median: 100, p95: 110 },
    });
  });

  it("makes no statement for methods that make none", () => {
    const summary = summarised([run({})]);
    expect(summary).not.toHaveProperty("coverageIntervals");
    expect(summary).not.toHaveProperty("intervalCoverage95");
  });

  it("compares spend as sum over sum, and regret in pairs", () => {
    const runs = [run({ billedGbSeconds: 1, regretPercent: 1 }), run({ billedGbSeconds: 3, regretPercent: 2 })];
    const baseline = [run({ billedGbSeconds: 2, regretPercent: 3 }), run({ billedGbSeconds: 30, regretPercent: 4 })];
    const summary = summarised(runs, baseline);
    expect(summary.spendRatioToFixedGrid50).toBeCloseTo(4 / 32, 12);
    expect(summary.meanSpendRatioToFixedGrid50).toBeCloseTo((1 / 2 + 3 / 30) / 2, 12);
    expect(summary.regretMinusFixedGrid50?.mean).toBeCloseTo(-2, 12);
  });
});
