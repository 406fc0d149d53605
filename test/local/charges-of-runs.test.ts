import { describe, expect, it } from "vitest";
import type { Report } from "../../core/report/schema.ts";
import { loadProductionHistory } from "../../local/endpoint/cloudwatch/production-history.ts";
import type { TargetSettings } from "../../local/engine.ts";
import type { SimulationFile } from "../../local/simulation/simulation-file.ts";
import { startTestEngine } from "../support/test-engine.ts";

// Without noise: 200 ms at 512 MB, 100 ms at 1,024 MB.
const simulation: SimulationFile = { memoryMB: [512, 1024], meanDurationMs: [200, 100], initMs: 300 };
const request = {
  functionArn: "target",
  memory: { sizesMb: [512, 1024] },
  sampling: { method: "fixed", invocationsPerSize: 4, coldStarts: 2 },
};

const tune = async (facts: {
  readonly simulation?: SimulationFile;
  readonly settings?: TargetSettings;
  readonly region?: string;
  readonly invocations?: number;
  readonly coldStarts?: number;
}): Promise<Report> => {
  const { settings, region, invocations, coldStarts } = facts;
  const engine = await startTestEngine({
    simulation: facts.simulation ?? simulation,
    settings: { ...settings },
    ...(region && { region }),
  });
  if (invocations !== undefined) {
    const history = { days: 14, invocations, durationsMs: [200], errors: 0, throttles: 0, maxConcurrentExecutions: 50 };
    const past = { ...history, ...(coldStarts !== undefined && { coldStarts }) };
    loadProductionHistory(engine.endpoint.metrics, "target", past, Date.now() - 120_000);
  }
  const result = await engine.tune(request);
  if (result.kind !== "report") throw new TypeError(`Expected a report, got ${result.kind}.`);
  return result.report;
};

const sizeOf = ({ measurements }: Report, memorySizeMb: number) =>
  measurements.find((size) => size.memorySizeMb === memorySizeMb);

describe("what a run's report charges", () => {
  // GB-second and request as AWS publishes them; 0.1 GB-s an invocation at either size.
  it.each([
    ["us-east-1", "x86_64", 0.0000166667, 2e-7],
    ["us-east-1", "arm64", 0.0000133334, 2e-7],
    ["af-south-1", "x86_64", 0.0000221, 2.7e-7],
    ["af-south-1", "arm64", 0.00001768, 2.7e-7],
    ["me-south-1", "x86_64", 0.0000206667, 2.5e-7],
    ["eu-south-1", "arm64", 0.0000156138, 2.3e-7],
  ] as const)("is at the prices of %s for %s", async (region, architecture, usdPerGbSecond, usdPerRequest) => {
    const report = await tune({ region, settings: { architecture } });
    expect(report.prices).toMatchObject({ region, architecture });
    expect(report.functionArn).toContain(`:${region}:`);
    expect(sizeOf(report, 1024)?.chargePerMillionUsd?.mean).toBeCloseTo(
      1e6 * (0.1 * usdPerGbSecond + usdPerRequest),
      6,
    );
  });

  it("has storage above 512 MB in it", async () => {
    const [plain, large] = await Promise.all([tune({}), tune({ settings: { ephemeralStorageMb: 10_240 } })]);
    const storage = 1e6 * 9.5 * 0.1 * 0.0000000309;
    const difference =
      (sizeOf(large, 1024)?.chargePerMillionUsd?.mean ?? 0) - (sizeOf(plain, 1024)?.chargePerMillionUsd?.mean ?? 0);
    expect(difference).toBeCloseTo(storage, 6);
  });

  it("bills the init phase of a cold start", async () => {
    const cold = sizeOf(await tune({}), 1024)?.coldStart;
    expect(cold?.n).toBeGreaterThanOrEqual(2);
    expect(cold?.initMs?.mean).toBeCloseTo(300, 6);
    expect(cold?.chargePerMillionUsd?.mean).toBeGreaterThan(1e6 * (0.4 * 0.0000166667 + 2e-7) - 1e-6);
  });

  it("charges SnapStart for the cache of every version, and bills a restore in place of the init phase", async () => {
    const settings = { snapStart: "PublishedVersions", runtime: "python3.13" } as const;
    const report = await tune({ settings });
    const cold = sizeOf(report, 1024)?.coldStart;
    expect(cold?.initMs).toBeUndefined();
    expect(cold?.restoreMs?.mean).toBeGreaterThan(0);
    const { snapStart, total, invocations, tunerFunctions, stateTransitions } = report.run.cost.actual;
    // Two versions of 0.5 and 1 GB for three hours at least, besides the restores.
    expect(snapStart).toBeGreaterThan(1.5 * 3 * 3600 * 0.0000015046);
    expect(total).toBeCloseTo(invocations + tunerFunctions + stateTransitions + (snapStart ?? 0), 12);
    expect(report.warnings.map(({ kind }) => kind)).toContain("snapstart-cache-charged");
  });
});

describe("what production adds to it", () => {
  it("mixes cold starts into latency and charge at the share that production has", async () => {
    const report = await tune({ invocations: 100_000, coldStarts: 10_000 });
    const size = sizeOf(report, report.recommendation?.memorySizeMb ?? 0);
    expect(report.production?.coldStartShare).toBeCloseTo(0.1, 9);
    const cold = (size?.coldStart?.durationMs?.mean ?? 0) + (size?.coldStart?.initMs?.mean ?? 0);
    expect(report.production?.withColdStarts?.meanDurationMs).toBeCloseTo(
      0.9 * (size?.durationMs?.mean ?? 0) + 0.1 * cold,
      6,
    );
    expect(report.production?.withColdStarts?.chargePerMillionUsd).toBeCloseTo(
      0.9 * (size?.chargePerMillionUsd?.mean ?? 0) + 0.1 * (size?.coldStart?.chargePerMillionUsd?.mean ?? 0),
      6,
    );
  });

  it("says what provisioned concurrency would cost, unless SnapStart rules it out", async () => {
    const report = await tune({ invocations: 1_000_000 });
    expect(report.production?.provisionedConcurrency?.explanation).toMatch(/^Keeping \d+ environments of \d+ MB/);
    const snapped = await tune({
      invocations: 1_000_000,
      settings: { snapStart: "PublishedVersions", runtime: "python3.13" },
    });
    expect(snapped.production).toBeDefined();
    expect(snapped.production?.provisionedConcurrency).toBeUndefined();
  });

  it("saves at the prices of the tiers that a large volume reaches", async () => {
    // 0.1 GB-s at 512 MB, 0.15 at 1,024 MB. 400 thousand million in 14 days are far into the third tier at either size.
    const slower: SimulationFile = { ...simulation, meanDurationMs: [200, 150] };
    const savingPerInvocation = async (invocations: number): Promise<number> => {
      const report = await tune({ simulation: slower, invocations, settings: { memorySizeMb: 1024 } });
      const option = report.memorySizeRecommendationOptions.find(({ memorySize }) => memorySize === 512);
      return (option?.savingsOpportunity?.estimatedMonthlySavings?.value ?? 0) / invocations;
    };
    const [few, many] = [await savingPerInvocation(1_000_000), await savingPerInvocation(400_000_000_000)];
    expect(many / few).toBeCloseTo(0.0000133334 / 0.0000166667, 6);
  });
});
