import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseSize } from "../../../core/recommendation/choose-size.ts";
import type { SamplingContext } from "../../../core/sampling/decision.ts";
import { allowanceOf } from "../../../core/sampling/presets.ts";
import { multiThreaded, type PlayedFunction, playRun, singleThreaded } from "./play-run.ts";
import { samplingContext } from "./sampling-context.ts";

const speed = (request: object = {}, facts: Partial<SamplingContext> = {}, toleranceP = 5) =>
  samplingContext({ objective: { kind: "speed", toleranceP }, ...request }, facts);

const chosenMb = (context: SamplingContext, played: PlayedFunction): number | undefined => {
  const { measurements, stopped } = playRun(context, played);
  return chooseSize(context, measurements, stopped)?.memorySizeMb;
};

describe("the objective speed", () => {
  it("climbs above one vCPU while several threads gain, and stops where they are all busy", () => {
    const context = speed();
    const { measurements, stopped } = playRun(context, { durationMs: multiThreaded(3, 900) });
    const largest = Math.max(...measurements.map(({ memorySizeMb }) => memorySizeMb));
    expect(largest).toBeGreaterThanOrEqual(5120);
    expect(stopped).toBe("converged");
    const chosen = chooseSize(context, measurements, stopped)?.memorySizeMb ?? 0;
    expect(chosen).toBeGreaterThan((3 * 1769) / 1.1);
    expect(chosen).toBeLessThan(3 * 1769 * 1.1);
  });

  it("climbs to the top of the range where every size gains", () => {
    expect(chosenMb(speed(), { durationMs: multiThreaded(6, 900) })).toBeGreaterThan(8500);
  });

  it("does not climb on where a second vCPU gains nothing", () => {
    const { measurements } = playRun(speed(), { durationMs: singleThreaded(0, 500) });
    expect(Math.max(...measurements.map(({ memorySizeMb }) => memorySizeMb))).toBe(3008);
  });

  it.each([
    ["work alone", 0, 500],
    ["half of it waiting", 250, 250],
    ["nearly all waiting", 1000, 20],
  ])(
    "finds the smallest size within 5 % of the fastest to 2 % of duration and a step of memory: %s",
    (_, waitMs, workMs) => {
      const chosen = chosenMb(speed(), { durationMs: singleThreaded(waitMs, workMs) }) ?? 0;
      // The size that takes so many times as long as the fastest.
      const sizeAt = (times: number) => (1769 * workMs) / (times * (waitMs + workMs) - waitMs);
      expect(chosen).toBeGreaterThan(sizeAt(1.07));
      expect(chosen).toBeLessThan(1.08 * sizeAt(1.03));
    },
  );

  it("goes down to the smallest size where all are equally fast", () => {
    expect(chosenMb(speed(), { durationMs: () => 300 })).toBe(128);
  });

  it("finds the edge of a cliff", () => {
    const chosen = chosenMb(speed(), { durationMs: (mb) => (mb < 1300 ? 900 : 300) }) ?? 0;
    expect(chosen).toBeGreaterThanOrEqual(1300);
    expect(chosen).toBeLessThan(1400);
  });

  it("takes the cheaper of equally fast sizes, with no tolerance at all", () => {
    const context = speed({ memory: { sizesMb: [512, 1024, 2048] } }, {}, 0);
    const durationMs = (mb: number, call: number) =>
      (mb === 512 ? 400 : 200) * (1 + 0.01 * (((call * 7 + mb) % 5) - 2));
    expect(chosenMb(context, { durationMs })).toBe(1024);
  });

  it("never measures or recommends a size below the memory that is used", () => {
    const context = speed();
    const played = { durationMs: singleThreaded(100, 5), memoryUsedMb: 700 };
    expect(chosenMb(context, played)).toBeGreaterThanOrEqual(Math.ceil(1.12 * 700));
  });

  it("keeps to the account's largest size and to a list", () => {
    const durationMs = multiThreaded(6, 900);
    const { rounds } = playRun(speed({}, { maxMb: 3008 }), { durationMs });
    expect(Math.max(...rounds.flat().map(({ memorySizeMb }) => memorySizeMb))).toBe(3008);
    const sizesMb = [256, 512, 768, 1024, 1536, 2048, 3072, 4096];
    const listed = playRun(speed({ memory: { sizesMb } }), { durationMs });
    for (const { memorySizeMb } of listed.rounds.flat()) expect(sizesMb).toContain(memorySizeMb);
  });

  it("does not ask for ever for environments that are not to be had", () => {
    const context = speed({ sampling: { concurrency: 1 } });
    const { stopped, rounds } = playRun(context, { durationMs: singleThreaded(100, 300) });
    expect(stopped).toBe("converged");
    for (const { lanes } of rounds.flat()) expect(lanes).toBe(1);
  });

  const functions = fc.record({
    waitMs: fc.double({ min: 0, max: 500, noNaN: true }),
    workMs: fc.double({ min: 1, max: 2000, noNaN: true }),
    threads: fc.integer({ min: 1, max: 6 }),
    noise: fc.double({ min: 0, max: 0.3, noNaN: true }),
    preset: fc.constantFrom("quick" as const, "standard" as const, "thorough" as const),
    maxInvocations: fc.integer({ min: 20, max: 400 }),
  });

  it("ends within the preset's rounds and within every limit, and decides the same twice", () => {
    fc.assert(
      fc.property(functions, ({ waitMs, workMs, threads, noise, preset, maxInvocations }) => {
        const context = speed({ sampling: { preset, maxInvocations } });
        const durationMs = (mb: number, call: number) =>
          (waitMs + workMs / Math.min(threads, mb / 1769)) * (1 + noise * Math.sin(12.9898 * call + mb));
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
