import { expect, it } from "vitest";
import { priceOf } from "../../../core/pricing/price-book.ts";
import { daysPerMonth } from "../../../core/production/month.ts";
import { recommendationOptions } from "../../../core/report/recommendation-options.ts";
import type { MeasurementSummary, Production } from "../../../core/report/schema.ts";

const { prices } = priceOf("us-east-1", "x86_64");
const charge = (memorySizeMb: number, billedMs: number): number =>
  1e6 * ((billedMs / 1000) * (memorySizeMb / 1024) * prices.usdPerGbSecond + prices.usdPerRequest);
const summary = (memorySizeMb: number, billedMs: number): MeasurementSummary => ({
  memorySizeMb,
  outcome: "measured",
  durationMs: { n: 20, mean: billedMs - 0.5, min: billedMs - 5, max: billedMs + 5 },
  chargePerMillionUsd: { mean: charge(memorySizeMb, billedMs) },
  errors: [],
});
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
const choice = {
  memorySizeMb: 512,
  confidence: 0.95,
  conclusive: true,
  tiedWithMb: [],
  chargePerMillionUsd: { expected: charge(512, 120) },
  curve: [],
  explanation: [],
};
const production = (invocations: number, meanMs: number): Production => ({
  lookbackDays: 14,
  resource: "function",
  invocations,
  errors: 0,
  throttles: 0,
  durationMs: { mean: meanMs },
  invocationsPerMonth: (invocations / 14) * daysPerMonth,
  errorShare: 0,
  throttleShare: 0,
});
const savingOf = (seen: Production | undefined) =>
  recommendationOptions(choice, [summary(512, 120), summary(1024, 100)], target, seen, prices)[0]?.savingsOpportunity;

it("lists no size that cannot be used, however cheap the calls that it survived", () => {
  const starved: MeasurementSummary = { ...summary(128, 50), outcome: "out-of-memory" };
  const options = recommendationOptions(
    choice,
    [starved, summary(512, 120), summary(1024, 100)],
    target,
    undefined,
    prices,
  );
  expect(options.map(({ memorySize }) => memorySize)).toEqual([512, 1024]);
});

it("gives savings in percent alone without production's volume", () => {
  expect(savingOf(undefined)).toEqual({ savingsOpportunityPercentage: expect.closeTo(35.7, 1) });
});

it("gives dollars a month at production's volume", () => {
  const seen = production(14_000_000, 99.5);
  const perInvocation = (charge(1024, 100) - charge(512, 120)) / 1e6;
  expect(savingOf(seen)?.estimatedMonthlySavings?.value).toBeCloseTo(seen.invocationsPerMonth * perInvocation, 6);
});

it("takes how long invocations last from production, and how sizes compare from the run", () => {
  const seen = production(14_000_000, 199.5);
  const perInvocation = (charge(1024, 200) - charge(512, 240)) / 1e6;
  expect(savingOf(seen)?.estimatedMonthlySavings?.value).toBeCloseTo(seen.invocationsPerMonth * perInvocation, 6);
});
