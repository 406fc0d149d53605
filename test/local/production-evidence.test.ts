import { describe, expect, it } from "vitest";
import type { Report } from "../../core/report/schema.ts";
import { type FunctionHistory, loadProductionHistory } from "../../local/endpoint/cloudwatch/production-history.ts";
import type { Fault } from "../../local/endpoint/start-endpoint.ts";
import { startTestEngine } from "../support/test-engine.ts";

const request = {
  functionArn: "target",
  memory: { sizesMb: [256, 512, 1024] },
  sampling: { method: "fixed", invocationsPerSize: 10, coldStarts: 2 },
};

const history: FunctionHistory = {
  days: 14,
  invocations: 140_000,
  // p99 is 400 ms, the maximum 2 s; the target's timeout is 30 s.
  durationsMs: [
    ...Array.from({ length: 1960 }, (_, index) => 80 + index / 100),
    ...Array.from({ length: 39 }, () => 400),
    2000,
  ],
  errors: 14,
  throttles: 0,
  maxConcurrentExecutions: 9,
};

const tune = async (facts: {
  readonly history?: FunctionHistory;
  readonly fault?: Fault;
  readonly callerCeilingMs?: number;
}): Promise<Report> => {
  const engine = await startTestEngine({ settings: { timeoutSeconds: 30 } });
  if (facts.history !== undefined) {
    loadProductionHistory(engine.endpoint.metrics, "target", facts.history, Date.now() - 120_000);
  }
  if (facts.fault !== undefined) engine.endpoint.injectFault(facts.fault);
  const { callerCeilingMs } = facts;
  const result = await engine.tune({
    ...request,
    ...(callerCeilingMs !== undefined && { timeout: { callerCeilingMs } }),
  });
  if (result.kind !== "report") throw new TypeError(`Expected a report, got ${result.kind}.`);
  return result.report;
};

const kinds = ({ warnings }: Report): string[] => warnings.map(({ kind }) => kind);

describe("a run of a function with production behind it", () => {
  it("derives the timeout from production, and says what it saves a month", async () => {
    const report = await tune({ history });
    expect(report.timeoutRecommendation).toMatchObject({
      currentSeconds: 30,
      provisional: false,
      decidedBy: "distribution-free",
      n: 140_000,
      policy: "bounded-risk",
    });
    expect(report.timeoutRecommendation?.recommendedSeconds).toBeLessThan(15);
    expect(report.findingReasonCodes).toContain("TimeoutTooLong");
    expect(report.production).toMatchObject({
      invocations: 140_000,
      errorShare: 0.0001,
      currentPerformanceRisk: "VeryLow",
    });
    expect(report.memorySizeRecommendationOptions[0]?.savingsOpportunity?.estimatedMonthlySavings?.currency).toBe(
      "USD",
    );
    expect(kinds(report)).toEqual([]);
  });

  it("warns of a caller who gives up before healthy invocations are done", async () => {
    const impatient = await tune({ history, callerCeilingMs: 1500 });
    // 1 in 2,000 invocations takes 2 s at the current size.
    expect(impatient.timeoutRecommendation).toMatchObject({ recommendedSeconds: 1, decidedBy: "caller-ceiling" });
    expect(impatient.warnings).toEqual([
      expect.objectContaining({ kind: "ceiling-cuts-off", caller: "request", ceilingMs: 1500, timeoutSeconds: 1 }),
    ]);
    expect(kinds(await tune({ history, callerCeilingMs: 29_000 }))).toEqual([]);
  });

  it.each([
    ["no-production-data", {}],
    ["little-production-data", { history: { ...history, invocations: 2000 } }],
    [
      "production-data-denied",
      { history, fault: { operation: "GetMetricData", times: 50, error: { status: 403, type: "AccessDenied" } } },
    ],
    [
      "production-data-failed",
      {
        history,
        fault: { operation: "GetMetricData", times: 50, error: { status: 400, type: "ThrottlingException" } },
      },
    ],
  ])("ends with a report, a provisional timeout and the warning %s", async (kind, facts) => {
    const report = await tune(facts);
    expect(kinds(report)).toEqual([kind]);
    expect(report.timeoutRecommendation?.provisional).toBe(true);
    expect(report.recommendation?.memorySizeMb).toBeGreaterThan(0);
  });
});
