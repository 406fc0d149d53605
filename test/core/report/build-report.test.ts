import { describe, expect, it } from "vitest";
import { decodeSamples, encodeSamples } from "../../../core/invocation/sample-codec.ts";
import type { Sample } from "../../../core/invocation/sample.ts";
import { priceOf } from "../../../core/pricing/price-book.ts";
import { buildReport, type ReportInput } from "../../../core/report/build-report.ts";
import { reportSchema } from "../../../core/report/schema.ts";
import { parseRequest } from "../../../core/request/parse-request.ts";
import type { SizeMeasurement } from "../../../core/run/measurement.ts";

const configuration = {
  memorySizeMb: 1024,
  timeoutSeconds: 30,
  description: "",
  codeSha256: "c2hh",
  settingsSha256: "00",
};

/** A size whose warm invocations all take about as long, after one cold start. */
const measured = (memorySizeMb: number, durationMs: number, warm = 30): SizeMeasurement => {
  const sample = (index: number): Sample => ({
    durationMs: durationMs + index / 10,
    billedMs: Math.ceil(durationMs + index / 10),
    cold: false,
    status: "ok",
    lane: 0,
    payload: 0,
    round: 1,
  });
  const cold: Sample = { ...sample(0), initMs: 200, billedMs: Math.ceil(durationMs) + 200, cold: true };
  return {
    memorySizeMb,
    outcome: "measured",
    samples: encodeSamples([cold, ...Array.from({ length: warm }, (_, index) => sample(index))]),
    maxMemoryUsedMb: 90,
    errors: [],
    invocations: warm + 1,
    throttles: 0,
  };
};

const reportInput = (measurements: SizeMeasurement[], request: object = {}): ReportInput => ({
  state: {
    run: { id: "run-1", engine: "aws", startedAt: "2026-01-01T00:00:00.000Z" },
    request: parseRequest({ functionArn: "thumbnails", payloads: { inline: { secret: "hidden" } }, ...request })
      .request,
    target: {
      functionArn: "arn:aws:lambda:us-east-1:123456789012:function:thumbnails",
      functionName: "thumbnails",
      accountId: "123456789012",
      region: "us-east-1",
      architecture: "x86_64",
      packageType: "Zip",
      snapStart: false,
      tracing: false,
      ephemeralStorageMb: 512,
      original: configuration,
    },
    estimate: { invocations: 62, expectedUsd: 0.001, worstCaseUsd: 0.01, expectedSeconds: 60, worstCaseSeconds: 600 },
    warnings: [],
    round: 1,
    jobs: [],
    stopped: "plan-complete",
    next: "finish",
    versions: [],
    unavailable: [],
    measurements,
  },
  restoration: { before: configuration, after: configuration, equal: true, leftovers: [] },
  finishedAt: "2026-01-01T00:01:30.000Z",
  transitions: 20,
  tunerGbSeconds: 10,
  toolVersion: "0.0.0",
});

describe("a report", () => {
  // Twice the duration at half the memory, then flat: 512 MB costs half of 1,024 MB for nothing.
  const report = buildReport(reportInput([measured(256, 400), measured(512, 200), measured(1024, 200)]));

  it("follows its own schema", () => {
    expect(() => reportSchema.parse(report)).not.toThrow();
  });

  it("recommends a size, with Compute Optimizer's finding", () => {
    expect(report.finding).toBe("NotOptimized");
    expect(report.findingReasonCodes).toContain("MemoryOverprovisioned");
    expect([256, 512]).toContain(report.recommendation?.memorySizeMb);
    expect(report.memorySizeRecommendationOptions[0]?.memorySize).toBe(report.recommendation?.memorySizeMb);
    expect(report.memorySizeRecommendationOptions[0]?.savingsOpportunity?.savingsOpportunityPercentage).toBeGreaterThan(
      30,
    );
  });

  it.each([
    ["the current size was not measured", [measured(256, 400), measured(512, 200)]],
    ["only one size was measured", [measured(512, 200)]],
    ["only the current size was measured", [measured(1024, 200)]],
  ])("finds nothing of the current size where %s", (_, sizes) => {
    const { finding, findingReasonCodes, recommendation } = buildReport(reportInput(sizes));
    expect(finding).toBe("Unavailable");
    expect(findingReasonCodes).toContain("InsufficientData");
    expect(findingReasonCodes.filter((code) => code.startsWith("Memory"))).toEqual([]);
    expect(recommendation).toBeDefined();
    expect(recommendation?.regretBoundPercent === undefined).toBe(sizes.length === 1);
  });

  it("finds a current size too small that failed for it", () => {
    const sizes = [{ ...measured(1024, 200), outcome: "out-of-memory" as const }, measured(2048, 100)];
    expect(buildReport(reportInput(sizes)).findingReasonCodes).toContain("MemoryUnderprovisioned");
  });

  it("counts what the run did, cold starts apart", () => {
    expect(report.run).toMatchObject({
      invocations: 93,
      coldStarts: 3,
      failedInvocations: 0,
      wallSeconds: 90,
      rounds: 1,
    });
  });

  it("charges SnapStart for the cache of every version, and for each restore once", () => {
    const input = reportInput([measured(1024, 200)]);
    const target = { ...input.state.target, runtime: "python3.13", snapStart: true };
    const versions = ["1", "2", "3"].map((version) => ({ memorySizeMb: 1024, version }));
    const { cost } = buildReport({ ...input, state: { ...input.state, target, versions } }).run;
    const { snapStart } = priceOf("us-east-1", "x86_64").prices;
    const cacheUsd = 3 * 3 * 3600 * (snapStart?.cacheUsdPerGbSecond ?? 0);
    expect(cost.actual.snapStart).toBeCloseTo(cacheUsd + (snapStart?.restoreUsdPerGb ?? 0), 12);
  });

  it("charges the run for invocations, its own functions and state transitions", () => {
    const { invocations, tunerFunctions, stateTransitions, total } = report.run.cost.actual;
    expect(stateTransitions).toBeCloseTo(20 * 0.000025, 12);
    expect(tunerFunctions).toBeCloseTo(10 * 0.0000166667, 12);
    expect(total).toBeCloseTo(invocations + tunerFunctions + stateTransitions, 12);
  });

  it("keeps payloads to itself", () => {
    expect(JSON.stringify(report)).not.toContain("hidden");
  });

  it("shows payloads when the request says so", () => {
    const shown = buildReport(reportInput([measured(512, 200)], { logPayloads: true }));
    expect(shown.run.request["payloads"]).toEqual({ inline: { secret: "hidden" } });
  });
});

describe("a report of a run in which a size failed", () => {
  it("tells of it in a warning and in its row", () => {
    const failed: SizeMeasurement = {
      ...measured(128, 1),
      outcome: "out-of-memory",
      samples: "",
      errors: [{ type: "Runtime.OutOfMemory", count: 1, example: "signal: killed" }],
    };
    const report = buildReport(reportInput([failed, measured(512, 200), measured(1024, 200)]));
    expect(report.measurements[0]).toMatchObject({ memorySizeMb: 128, outcome: "out-of-memory" });
    expect(report.measurements[0]).not.toHaveProperty("durationMs");
    expect(report.warnings.map(({ kind }) => kind)).toContain("size-unusable");
  });

  it("recommends nothing when every size failed", () => {
    const failed: SizeMeasurement = { ...measured(512, 1), outcome: "failing", samples: "" };
    const report = buildReport(reportInput([failed]));
    expect(report).not.toHaveProperty("recommendation");
    expect(report).toMatchObject({ finding: "Unavailable", memorySizeRecommendationOptions: [] });
    expect(() => reportSchema.parse(report)).not.toThrow();
  });
});

describe("a report of a function that hangs now and then", () => {
  const hanging = (size: SizeMeasurement, timeouts: number): SizeMeasurement => {
    const hung = { durationMs: 30_000, billedMs: 30_000, cold: false, lane: 0, payload: 0, round: 1 } as const;
    const hangs = Array.from({ length: timeouts }, () => ({ ...hung, status: "timed-out" as const }));
    return {
      ...size,
      samples: encodeSamples([...decodeSamples(size.samples), ...hangs]),
      errors: [{ type: "Sandbox.Timedout", count: timeouts, example: "Task timed out after 30.00 seconds" }],
      invocations: size.invocations + timeouts,
    };
  };
  const unmeasured: SizeMeasurement = { ...measured(1024, 1), outcome: "timed-out", samples: "", invocations: 0 };
  const report = buildReport(
    reportInput([hanging(measured(256, 400, 10), 2), hanging(measured(512, 200, 10), 2), hanging(unmeasured, 1)]),
  );

  it("says so once, and blames no size", () => {
    expect(report.warnings.map(({ message }) => message)).toEqual([
      "5 of 27 invocations ended at the timeout of 30 s (at 256, 512, 1024 MB), which too little memory does not explain: the function hangs, or is slow, now and then. Sizes are compared by the calls that succeeded.",
    ]);
  });

  it("counts the same in every place", () => {
    expect(report.run).toMatchObject({ invocations: 27, failedInvocations: 5 });
    expect(report.timeoutRecommendation).toMatchObject({ timeoutsSeen: 5, decidedBy: "censored" });
  });

  it("does not raise the timeout for a current size that is too small to finish in it", () => {
    const sizes = [hanging(unmeasured, 20), measured(2048, 270), measured(3008, 260)];
    const { recommendation, timeoutRecommendation } = buildReport(reportInput(sizes));
    expect(recommendation?.memorySizeMb).toBe(2048);
    expect(timeoutRecommendation).toMatchObject({ recommendedSeconds: 3, decidedBy: "samples-only" });
    expect(timeoutRecommendation).not.toHaveProperty("timeoutsSeen");
  });

  it("tells of other failures apart, out of all invocations", () => {
    const failing = {
      ...measured(512, 200, 10),
      invocations: 13,
      errors: [{ type: "TypeError", count: 2, example: "not a function" }],
    };
    const { run, warnings } = buildReport(reportInput([hanging(measured(256, 400, 10), 2), failing]));
    expect(warnings).toContainEqual(
      expect.objectContaining({
        kind: "invocations-failed",
        failed: run.failedInvocations,
        invocations: run.invocations,
      }),
    );
  });
});

describe("a report too large for the state machine", () => {
  it("leaves single samples out and says how many", () => {
    const report = buildReport(reportInput([measured(512, 200, 2000), measured(1024, 200, 2000)]));
    expect(report.measurements.every((summary) => summary.samples === undefined)).toBe(true);
    expect(report.warnings.find(({ kind }) => kind === "samples-dropped")).toMatchObject({ count: 4002 });
    expect(report.measurements[0]?.durationMs?.n).toBe(2000);
  });
});
