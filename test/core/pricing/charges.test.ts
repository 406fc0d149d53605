import { describe, expect, it } from "vitest";
import { InvalidUnitError } from "../../../core/errors/invalid-unit-error.ts";
import { parseLogTail } from "../../../core/invocation/parse-log-tail.ts";
import { computeCharge } from "../../../core/pricing/compute-charge.ts";
import { invocationCharge } from "../../../core/pricing/invocation-charge.ts";
import { priceOf } from "../../../core/pricing/price-book.ts";
import { snapStartCacheCharge, snapStartRestoreCharge } from "../../../core/pricing/snapstart.ts";
import { marginalPrice, tieredMonthlyCharge } from "../../../core/pricing/tiered-monthly-charge.ts";
import { countTransitions, transitionCharge } from "../../../core/pricing/transition-charge.ts";
import { billedMs, memoryMb } from "../../../core/units.ts";

const x86 = priceOf("us-east-1", "x86_64").prices;
const arm = priceOf("us-east-1", "arm64").prices;

describe("computeCharge", () => {
  it("charges GB-seconds of 1024 MB", () => {
    expect(computeCharge(billedMs(1000), memoryMb(1024), x86.usdPerGbSecond)).toBe(0.0000166667);
    expect(computeCharge(billedMs(100), memoryMb(128), x86.usdPerGbSecond)).toBeCloseTo(2.083e-7, 10);
  });

  it("charges nothing for nothing", () => {
    expect(computeCharge(billedMs(0), memoryMb(128), x86.usdPerGbSecond)).toBe(0);
  });
});

describe("invocationCharge", () => {
  const use = { billedMs: 120, memorySizeMb: 1536, ephemeralStorageMb: 512 };

  // AWS's own example of a mobile backend: 3 M requests a month, 120 ms, 1536 MB: 9.00 + 0.60 USD before the free tier.
  it("charges compute and the request", () => {
    expect(3_000_000 * invocationCharge(use, x86)).toBeCloseTo(9.6, 4);
  });

  it("charges ephemeral storage above 512 MB for as long as the invocation ran", () => {
    const larger = invocationCharge({ ...use, ephemeralStorageMb: 10_240 }, x86);
    expect(larger - invocationCharge(use, x86)).toBeCloseTo(0.12 * 9.5 * 0.0000000309, 18);
  });

  it("bills a SnapStart restore once", () => {
    const report = [
      "REPORT RequestId: 8f507cfc-3a1e-4697-b07a-ac58fc914c95",
      "Duration: 306.34 ms",
      "Billed Duration: 610 ms",
      "Memory Size: 1024 MB",
      "Restore Duration: 654.45 ms",
      "Billed Restore Duration: 303 ms\t\n",
    ].join("\t");
    const record = parseLogTail(Buffer.from(report).toString("base64"));
    const billed = record.kind === "record" ? record.billedMs : 0;
    const charge = invocationCharge({ billedMs: billed, memorySizeMb: 1024, ephemeralStorageMb: 512 }, arm);
    expect(charge).toBeCloseTo(0.61 * 0.0000133334 + 0.0000002, 18);
  });

  it.each([
    { ...use, billedMs: 1.5 },
    { ...use, billedMs: -1 },
    { ...use, memorySizeMb: 100 },
  ])("refuses %j", (impossible) => {
    expect(() => invocationCharge(impossible, x86)).toThrow(InvalidUnitError);
  });
});

describe("tieredMonthlyCharge", () => {
  // By hand: 6e9 x 0.0000166667 + 9e9 x 0.000015 + 5e9 x 0.0000133334
  it("applies each tier to its part of the volume", () => {
    expect(tieredMonthlyCharge(20e9, x86.durationTiers)).toBeCloseTo(100_000.2 + 135_000 + 66_667, 4);
  });

  it("is the plain price within the first tier", () => {
    expect(tieredMonthlyCharge(1e9, arm.durationTiers)).toBeCloseTo(13_333.4, 6);
    expect(tieredMonthlyCharge(0, arm.durationTiers)).toBe(0);
  });

  it("rises without a jump at the bounds", () => {
    for (const bound of [6e9, 15e9]) {
      const step = tieredMonthlyCharge(bound + 1, x86.durationTiers) - tieredMonthlyCharge(bound, x86.durationTiers);
      expect(step).toBeCloseTo(marginalPrice(bound, x86.durationTiers), 8);
    }
  });

  it("refuses a volume that is not one", () => {
    expect(() => tieredMonthlyCharge(-1, x86.durationTiers)).toThrow(RangeError);
    expect(() => tieredMonthlyCharge(Number.NaN, x86.durationTiers)).toThrow(RangeError);
  });
});

describe("marginalPrice", () => {
  it.each([
    [0, 0.0000166667],
    [5.9e9, 0.0000166667],
    [6e9, 0.000015],
    [15e9, 0.0000133334],
    [1e15, 0.0000133334],
  ])("at %d GB-seconds a month is %d", (volume, price) => {
    expect(marginalPrice(volume, x86.durationTiers)).toBe(price);
  });
});

describe("SnapStart", () => {
  const prices = x86.snapStart ?? { cacheUsdPerGbSecond: 0, restoreUsdPerGb: 0 };

  // AWS's own example: a version of 1 GB for a month of 31 days, 74,400 restores: 4.03 + 10.40 USD.
  it("charges the cache by memory and time, and each restore by memory", () => {
    expect(snapStartCacheCharge(memoryMb(1024), 31 * 24 * 3600, prices)).toBeCloseTo(4.03, 2);
    expect(74_400 * snapStartRestoreCharge(memoryMb(1024), prices)).toBeCloseTo(10.4, 2);
  });

  it("charges at least three hours of cache", () => {
    expect(snapStartCacheCharge(memoryMb(1024), 1, prices)).toBe(
      snapStartCacheCharge(memoryMb(1024), 3 * 3600, prices),
    );
  });
});

describe("state transitions", () => {
  it("count the states entered and the retries", () => {
    const history = [
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskFailed",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
      "MapStateEntered",
      "MapStateStarted",
      "MapIterationStarted",
      "TaskStateEntered",
      "LambdaFunctionScheduled",
      "LambdaFunctionSucceeded",
      "TaskStateExited",
      "MapIterationSucceeded",
      "MapStateExited",
      "ChoiceStateEntered",
      "ChoiceStateExited",
      "ExecutionSucceeded",
    ];
    expect(countTransitions(history)).toBe(5);
  });

  it("are charged by their number", () => {
    expect(transitionCharge(40, x86)).toBeCloseTo(0.001, 12);
    expect(() => transitionCharge(1.5, x86)).toThrow(RangeError);
  });
});
