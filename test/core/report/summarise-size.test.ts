import { describe, expect, it } from "vitest";
import { encodeSamples } from "../../../core/invocation/sample-codec.ts";
import type { Sample } from "../../../core/invocation/sample.ts";
import { priceOf } from "../../../core/pricing/price-book.ts";
import { summariseSize } from "../../../core/report/summarise-size.ts";
import type { SizeMeasurement } from "../../../core/run/measurement.ts";

const { prices } = priceOf("us-east-1", "x86_64");
const options = { confidence: 0.95, ephemeralStorageMb: 512, includeSamples: false };

const warm = (durationMs: number, more: Partial<Sample> = {}): Sample => ({
  durationMs,
  billedMs: Math.ceil(durationMs),
  cold: false,
  status: "ok",
  lane: 0,
  payload: 0,
  round: 1,
  ...more,
});

const measured = (samples: readonly Sample[], more: Partial<SizeMeasurement> = {}): SizeMeasurement => ({
  memorySizeMb: 1024,
  outcome: "measured",
  samples: encodeSamples(samples),
  errors: [],
  invocations: samples.length,
  throttles: 0,
  ...more,
});

const upTo = (n: number): Sample[] => Array.from({ length: n }, (_, index) => warm(index + 1));

describe("durations", () => {
  it("are those of warm, successful samples", () => {
    const others = [
      warm(9000, { cold: true }),
      warm(9000, { status: "error" }),
      warm(9000, { status: "timed-out" }),
      warm(9000, { status: "out-of-memory" }),
    ];
    const summary = summariseSize(measured([...others, warm(10), warm(20), ...others, warm(30)]), prices, options);
    expect(summary.durationMs).toMatchObject({ n: 3, mean: 20, p50: 20, min: 10, max: 30 });
  });

  it.each([
    [1, []],
    [2, []],
    [3, ["p50"]],
    [10, ["p50", "p90"]],
    [20, ["p50", "p90", "p95"]],
    [99, ["p50", "p90", "p95"]],
    [100, ["p50", "p90", "p95", "p99"]],
  ])("of %d samples have the percentiles %j and no others", (n, expected) => {
    const { durationMs } = summariseSize(measured(upTo(n)), prices, options);
    expect(Object.keys(durationMs ?? {}).filter((key) => /^p\d/.test(key))).toEqual(expected);
  });

  it("have percentiles of type 7", () => {
    // R: quantile(1:100, c(.5, .9, .95, .99))
    const { durationMs } = summariseSize(measured(upTo(100)), prices, options);
    expect(durationMs?.p50).toBeCloseTo(50.5, 10);
    expect(durationMs?.p90).toBeCloseTo(90.1, 10);
    expect(durationMs?.p95).toBeCloseTo(95.05, 10);
    expect(durationMs?.p99).toBeCloseTo(99.01, 10);
  });

  it("have no interval from one sample, and none that reaches below 0", () => {
    expect(summariseSize(measured([warm(5)]), prices, options).durationMs).not.toHaveProperty("meanInterval");
    const { meanInterval } = summariseSize(measured([warm(1), warm(900)]), prices, options).durationMs ?? {};
    expect(meanInterval?.lower).toBe(0);
  });

  it("and charges are absent without a warm success", () => {
    const failing = [warm(5, { status: "error" }), warm(9, { cold: true })];
    const summary = summariseSize(measured(failing, { outcome: "failing" }), prices, options);
    expect(summary).not.toHaveProperty("durationMs");
    expect(summary).not.toHaveProperty("chargePerMillionUsd");
  });
});

describe("charges", () => {
  it("are averaged over samples, each charged from what the platform billed", () => {
    const { chargePerMillionUsd } = summariseSize(measured([warm(0.1), warm(1.1), warm(1.2)]), prices, options);
    // (1 + 2 + 2) / 3 billed ms of 1 GB, and the request
    expect(chargePerMillionUsd?.mean).toBeCloseTo((1e6 * (5 / 3) * 0.0000166667) / 1000 + 0.2, 12);
  });

  it("count ephemeral storage above 512 MB", () => {
    const size = measured([warm(1000)]);
    const plain = summariseSize(size, prices, options).chargePerMillionUsd?.mean ?? 0;
    const larger = summariseSize(size, prices, { ...options, ephemeralStorageMb: 1536 }).chargePerMillionUsd?.mean ?? 0;
    expect(larger - plain).toBeCloseTo(0.0309, 10);
  });

  it("have an interval that a higher confidence widens", () => {
    const size = measured([warm(10), warm(12), warm(17)]);
    const narrow = summariseSize(size, prices, { ...options, confidence: 0.8 }).chargePerMillionUsd?.interval;
    const wide = summariseSize(size, prices, options).chargePerMillionUsd?.interval;
    expect(narrow?.lower).toBeGreaterThan(wide?.lower ?? Number.NaN);
    expect(narrow?.upper).toBeLessThan(wide?.upper ?? Number.NaN);
  });
});

describe("cold starts", () => {
  it("are counted apart", () => {
    const cold = [warm(30, { cold: true, initMs: 200, billedMs: 230 }), warm(50, { cold: true, initMs: 300 })];
    expect(summariseSize(measured([...cold, warm(10)]), prices, options).coldStart).toEqual({
      n: 2,
      initMs: { mean: 250, max: 300 },
      durationMs: { mean: 40, max: 50 },
      chargePerMillionUsd: { mean: expect.any(Number) },
    });
  });

  it("are charged as the platform bills them, init included", () => {
    const cold = warm(30, { cold: true, initMs: 200, billedMs: 230 });
    const charged = summariseSize(measured([cold, warm(230)]), prices, options);
    expect(charged.coldStart?.chargePerMillionUsd?.mean).toBeCloseTo(charged.chargePerMillionUsd?.mean ?? 0, 9);
  });

  it("have no init where SnapStart restored them", () => {
    const restored = warm(30, { cold: true, restoreMs: 400, billedMs: 330 });
    expect(summariseSize(measured([restored]), prices, options).coldStart).toEqual({
      n: 1,
      durationMs: { mean: 30, max: 30 },
      restoreMs: { mean: 400, max: 400 },
      chargePerMillionUsd: { mean: expect.any(Number) },
    });
  });

  it("are absent when there was none", () => {
    expect(summariseSize(measured([warm(1)]), prices, options)).not.toHaveProperty("coldStart");
  });
});

describe("a summary", () => {
  it("passes on outcome, memory used and errors, and invents nothing", () => {
    const errors = [{ type: "Runtime.ExitError", count: 2, example: "exit status 1" }];
    expect(summariseSize(measured([], { outcome: "failing", errors, maxMemoryUsedMb: 77 }), prices, options)).toEqual({
      memorySizeMb: 1024,
      outcome: "failing",
      errors,
      maxMemoryUsedMb: 77,
    });
  });

  it("has every sample in order when asked", () => {
    const samples = [warm(30, { cold: true, initMs: 200 }), warm(10), warm(11, { status: "error" })];
    expect(summariseSize(measured(samples), prices, { ...options, includeSamples: true }).samples).toEqual([
      { durationMs: 30, billedMs: 30, initMs: 200, cold: true, status: "ok" },
      { durationMs: 10, billedMs: 10, cold: false, status: "ok" },
      { durationMs: 11, billedMs: 11, cold: false, status: "error" },
    ]);
  });
});
