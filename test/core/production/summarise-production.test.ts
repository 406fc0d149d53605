import { describe, expect, it } from "vitest";
import { priceOf } from "../../../core/pricing/price-book.ts";
import type { ProductionMetrics } from "../../../core/production/production-metrics.ts";
import { summariseProduction } from "../../../core/production/summarise-production.ts";
import type { Target } from "../../../core/run/target.ts";
import type { MeasurementSummary } from "../../../core/report/schema.ts";
import { production } from "../timeout/timeout-inputs.ts";

const { prices } = priceOf("us-east-1", "x86_64");
const target = {
  functionArn: "arn:aws:lambda:us-east-1:123456789012:function:orders",
  functionName: "orders",
  accountId: "123456789012",
  region: "us-east-1",
  architecture: "x86_64",
  packageType: "Zip",
  snapStart: false,
  tracing: false,
  ephemeralStorageMb: 512,
  original: { memorySizeMb: 1024, timeoutSeconds: 30, description: "", codeSha256: "", settingsSha256: "" },
} as const;
const summary: MeasurementSummary = {
  memorySizeMb: 512,
  outcome: "measured",
  durationMs: { n: 10, mean: 100, min: 90, max: 120 },
  chargePerMillionUsd: { mean: 1 },
  coldStart: {
    n: 2,
    initMs: { mean: 400, max: 500 },
    durationMs: { mean: 300, max: 350 },
    chargePerMillionUsd: { mean: 7 },
  },
  errors: [],
};

const summarise = (
  metrics: ProductionMetrics | undefined,
  measurements: readonly MeasurementSummary[] = [summary],
  facts: Partial<Target> = {},
) =>
  summariseProduction({
    observation: { ...(metrics === undefined ? {} : { metrics }), ceilings: [], queues: [], warnings: [] },
    target: { ...target, ...facts },
    choice: { memorySizeMb: 512 },
    measurements,
    prices,
  });

describe("production in the report", () => {
  it("is absent without metrics", () => {
    expect(summarise(undefined)).toBeUndefined();
  });

  it("scales the look-back to a month of 730 hours", () => {
    expect(summarise(production({ sampleCount: 14_000 }))?.invocationsPerMonth).toBeCloseTo(30_416.7, 1);
  });

  it("gives shares of errors and of throttled attempts", () => {
    const seen = summarise(production({ sampleCount: 1000 }, { errors: 10, throttles: 250 }));
    expect(seen).toMatchObject({ errorShare: 0.01, throttleShare: 0.2 });
  });

  it("mixes production's cold starts into latency and charge at the recommended size", () => {
    const seen = summarise(production({ sampleCount: 1000 }, { coldStarts: 100 }));
    // 10 % of 700 ms, init and handler, and 90 % of 100 ms.
    expect(seen).toMatchObject({ coldStartShare: 0.1, withColdStarts: { meanDurationMs: 160 } });
    expect(seen?.withColdStarts?.chargePerMillionUsd).toBeCloseTo(0.9 * 1 + 0.1 * 7, 9);
  });

  it("takes the restore of a snapshot for an init phase, and its own charge with it", () => {
    const { initMs: _init, ...coldStart } = { initMs: undefined, ...summary.coldStart };
    const restored = { ...summary, coldStart: { ...coldStart, n: 2, restoreMs: { mean: 200, max: 250 } } };
    const seen = summarise(production({ sampleCount: 1000 }, { coldStarts: 100 }), [restored], {
      snapStart: true,
      runtime: "python3.14",
    });
    // 10 % of 500 ms, and a restore of half a gigabyte.
    expect(seen?.withColdStarts?.meanDurationMs).toBeCloseTo(0.9 * 100 + 0.1 * 500, 9);
    expect(seen?.withColdStarts?.chargePerMillionUsd).toBeCloseTo(0.9 + 0.1 * (7 + 1e6 * 0.5 * 0.0001397998), 9);
  });

  it("leaves out what was not read", () => {
    const seen = summarise(production());
    expect(seen).not.toHaveProperty("coldStartShare");
    expect(seen).not.toHaveProperty("maxIteratorAgeMs");
    expect(seen).not.toHaveProperty("provisionedConcurrency");
  });

  it("has a note on provisioned concurrency where concurrency is known", () => {
    const seen = summarise(production({}, { maxConcurrentExecutions: 8, p99ConcurrentExecutions: 5 }));
    expect(seen?.provisionedConcurrency?.explanation).toContain("Keeping 5 environments of 512 MB");
  });

  it("has more environments to keep where invocations take longer at the recommended size", () => {
    const current = { ...summary, memorySizeMb: 1024, durationMs: { n: 10, mean: 50, min: 40, max: 60 } };
    const seen = summarise(production({}, { p99ConcurrentExecutions: 5 }), [summary, current]);
    expect(seen?.provisionedConcurrency?.explanation).toContain("Keeping 10 environments of 512 MB");
  });

  it("has no note on provisioned concurrency for a function with SnapStart, which can have none", () => {
    const seen = summarise(production({}, { p99ConcurrentExecutions: 5 }), [summary], { snapStart: true });
    expect(seen).not.toHaveProperty("provisionedConcurrency");
  });
});
