import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseSize, type SizeChoice } from "../../../core/recommendation/choose-size.ts";
import type { SamplingContext } from "../../../core/sampling/decision.ts";
import { allowanceOf } from "../../../core/sampling/presets.ts";
import { multiThreaded, type PlayedFunction, type PlayedRun, playRun, singleThreaded } from "./play-run.ts";
import { samplingContext } from "./sampling-context.ts";

const slo = (durationMs: number, request: object = {}, facts: Partial<SamplingContext> = {}, percentile = 95) =>
  samplingContext({ objective: { kind: "slo", percentile, durationMs }, ...request }, facts);

const decided = (context: SamplingContext, played: PlayedFunction): PlayedRun & { readonly choice: SizeChoice } => {
  const run = playRun(context, played);
  const choice = chooseSize(context, run.measurements, run.stopped);
  if (choice === undefined) throw new RangeError("Expected a choice, got none.");
  return { ...run, choice };
};

/** A few percent around the middle, the same at every size. */
const quiet =
  (middleMs: (memorySizeMb: number) => number) =>
  (mb: number, call: number): number =>
    middleMs(mb) * (1 + 0.01 * (((call * 7) % 5) - 2));

describe("the objective slo", () => {
  it.each([
    ["between the anchors", 700, (1769 * 450) / 650],
    ["near one vCPU", 530, (1769 * 450) / 480],
    ["far down", 3000, (1769 * 450) / 2950],
  ])("finds the cheapest size that meets the limit and shows it: %s", (_, limitMs, thresholdMb) => {
    // The slowest call is 2 % above the middle.
    const { choice, stopped } = decided(slo(1.02 * limitMs), { durationMs: quiet(singleThreaded(50, 450)) });
    expect(choice.slo?.verdict).toBe("met");
    expect(stopped).toBe("converged");
    expect(choice.memorySizeMb).toBeGreaterThan(thresholdMb / 1.02);
    const chargeAt = (mb: number) => mb * singleThreaded(50, 450)(mb);
    expect(chargeAt(choice.memorySizeMb)).toBeLessThan(1.02 * chargeAt(thresholdMb));
  });

  it("goes up to the size above a cliff", () => {
    const { choice } = decided(slo(400), { durationMs: quiet((mb) => (mb < 1300 ? 900 : 300)) });
    expect(choice.slo?.verdict).toBe("met");
    expect(choice.memorySizeMb).toBeGreaterThanOrEqual(1300);
    expect(choice.memorySizeMb).toBeLessThan(1400);
  });

  it("climbs above one vCPU where several threads can meet the limit", () => {
    const { choice } = decided(slo(400), { durationMs: quiet(multiThreaded(4, 1200)) });
    expect(choice.slo?.verdict).toBe("met");
    expect(choice.memorySizeMb).toBeGreaterThan(3 * 1769);
    expect(choice.memorySizeMb).toBeLessThan(3 * 1769 * 1.2);
  });

  it("takes the cheapest of all sizes where that meets the limit", () => {
    const durationMs = quiet((mb) => (mb < 500 ? 2000 : 200));
    const { choice } = decided(slo(60_000), { durationMs });
    expect(choice.slo?.verdict).toBe("met");
    const cost = decided(samplingContext(), { durationMs }).choice;
    expect(choice.chargePerMillionUsd.expected).toBeLessThan(1.05 * cost.chargePerMillionUsd.expected);
  });

  it("says so when no size meets the limit, and takes the cheapest of those that come closest", () => {
    const { choice, stopped } = decided(slo(300), { durationMs: quiet(singleThreaded(200, 200)) });
    expect(choice.slo?.verdict).toBe("not-met");
    expect(stopped).toBe("converged");
    expect(choice.memorySizeMb).toBeGreaterThan(1500);
    expect(choice.memorySizeMb).toBeLessThan(2100);
    expect(choice.explanation[0]).toMatch(/^No size .* comes closest/);
  });

  it("does not climb for a limit that is out of reach", () => {
    const { measurements } = decided(slo(5), { durationMs: quiet(singleThreaded(10, 500)) });
    expect(Math.max(...measurements.map(({ memorySizeMb }) => memorySizeMb))).toBe(1769);
  });

  it("does not call a size met whose slow calls are more than the percentile allows", () => {
    const durationMs = (mb: number, call: number) => singleThreaded(20, 80)(mb) * (call % 10 === 5 ? 8 : 1);
    const { choice } = decided(slo(300), { durationMs });
    expect(["not-met", "not-shown"]).toContain(choice.slo?.verdict);
  });

  it("calls a p99 estimated where the preset's invocations cannot show it, and shows it where they can", () => {
    const played = { durationMs: quiet(singleThreaded(50, 450)) };
    expect(decided(slo(900, {}, {}, 99), played).choice.slo?.verdict).toBe("estimated-met");
    const thorough = slo(900, { sampling: { preset: "thorough" } }, {}, 99);
    expect(decided(thorough, played).choice.slo?.verdict).toBe("met");
  });

  it("keeps to the account's largest size, to a list and above the memory that is used", () => {
    const durationMs = quiet(multiThreaded(6, 1200));
    const limited = decided(slo(300, {}, { maxMb: 3008 }), { durationMs });
    expect(Math.max(...limited.measurements.map(({ memorySizeMb }) => memorySizeMb))).toBeLessThanOrEqual(3008);
    const sizesMb = [256, 512, 768, 1024, 1536, 2048, 3072, 4096];
    const listed = decided(slo(800, { memory: { sizesMb } }), { durationMs });
    for (const { memorySizeMb } of listed.rounds.flat()) expect(sizesMb).toContain(memorySizeMb);
    expect(listed.choice.memorySizeMb).toBe(3072);
    const used = decided(slo(60_000), { durationMs: quiet(() => 100), memoryUsedMb: 700 });
    expect(used.choice.memorySizeMb).toBeGreaterThanOrEqual(784);
  });

  const functions = fc.record({
    waitMs: fc.double({ min: 0, max: 500, noNaN: true }),
    workMs: fc.double({ min: 1, max: 2000, noNaN: true }),
    noise: fc.double({ min: 0, max: 0.3, noNaN: true }),
    limitMs: fc.double({ min: 20, max: 5000, noNaN: true }),
    percentile: fc.constantFrom(50, 90, 95, 99),
    preset: fc.constantFrom("quick" as const, "standard" as const, "thorough" as const),
    maxInvocations: fc.integer({ min: 20, max: 800 }),
  });

  it("ends within the preset's rounds and within every limit, and decides the same twice", () => {
    fc.assert(
      fc.property(functions, ({ waitMs, workMs, noise, limitMs, percentile, preset, maxInvocations }) => {
        const context = slo(limitMs, { sampling: { preset, maxInvocations } }, {}, percentile);
        const durationMs = (mb: number, call: number) =>
          singleThreaded(waitMs, workMs)(mb) * (1 + noise * Math.sin(12.9898 * call + mb));
        const run = playRun(context, { durationMs });
        const allowance = allowanceOf(context);
        expect(run.rounds.length).toBeLessThanOrEqual(allowance.rounds);
        expect(run.invocations).toBeLessThanOrEqual(Math.min(maxInvocations, allowance.invocations));
        expect(playRun(context, { durationMs }).rounds).toEqual(run.rounds);
      }),
      { numRuns: 12 },
    );
  });
});
