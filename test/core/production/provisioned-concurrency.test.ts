import { expect, it } from "vitest";
import { secondsPerMonth } from "../../../core/production/month.ts";
import { provisionedConcurrencyNote } from "../../../core/production/provisioned-concurrency.ts";
import { usdPerGbSecond } from "../../../core/units.ts";

// us-east-1, x86_64.
const prices = {
  usdPerGbSecond: usdPerGbSecond(0.0000166667),
  provisionedConcurrency: { idleUsdPerGbSecond: 0.0000041667, durationUsdPerGbSecond: 0.0000097222 },
};
const load = { concurrency: 10, invocationsPerMonth: secondsPerMonth * 3, meanDurationMs: 1000, memorySizeMb: 1024 };

it("breaks even for as many environments as are busy 60% of the time", () => {
  // Three are busy on average: 3 / 0.6 environments.
  expect(provisionedConcurrencyNote(load, prices)?.breakEvenConcurrency).toBe(5);
});

it("sets the idle price of all against the discount of the busy ones", () => {
  const note = provisionedConcurrencyNote(load, prices);
  expect(note?.monthlyUsd).toBeCloseTo(secondsPerMonth * (10 * 0.0000041667 - 3 * 0.0000069445), 6);
  expect(note?.explanation).toBe(
    "Keeping 10 environments of 1024 MB provisioned, for the p99 of concurrency, costs $54.75 a month more than on demand. One pays for itself when busy for 60% of the time: up to 5 are.",
  );
});

it("saves where the environments are busy nearly always", () => {
  expect(provisionedConcurrencyNote({ ...load, concurrency: 3 }, prices)?.monthlyUsd).toBeLessThan(0);
});

it("says when no environment pays for itself", () => {
  const note = provisionedConcurrencyNote({ ...load, invocationsPerMonth: 1000 }, prices);
  expect(note).toMatchObject({ breakEvenConcurrency: 0 });
  expect(note?.explanation).toContain("busy for 60% of the time: none is.");
});

it("has nothing to say about a function that does not run", () => {
  expect(provisionedConcurrencyNote({ ...load, invocationsPerMonth: 0 }, prices)).toBeUndefined();
});
