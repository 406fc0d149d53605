import { describe, expect, it } from "vitest";
import { rankByObjective } from "../../../core/recommendation/choose-by-objective.ts";
import type { JudgedSize } from "../../../core/recommendation/judge-sizes.ts";
import type { SloVerdict } from "../../../core/recommendation/judge-slo.ts";
import { samplingContext } from "../sampling/sampling-context.ts";

const size = (memorySizeMb: number, durationMs: number, sd = 0.001): JudgedSize => ({
  memorySizeMb,
  index: 0,
  n: 10,
  logBilled: Math.log(durationMs),
  logPaidMemory: Math.log(memorySizeMb),
  logDuration: Math.log(durationMs),
  variance: sd ** 2,
  curveVariance: sd ** 2,
  durationMs,
  durationIntervalMs: { lower: durationMs, upper: durationMs },
  chargePerMillionUsd: durationMs * memorySizeMb,
  chargeIntervalUsd: { lower: 0, upper: 0 },
});

describe("the objective cost", () => {
  it("ties sizes by the whole charge, request fee included, and takes the size that computes cheapest", () => {
    const short = [
      { ...size(256, 20), chargePerMillionUsd: 0.2997 },
      { ...size(512, 11), chargePerMillionUsd: 0.3052 },
      { ...size(1024, 7), chargePerMillionUsd: 0.32 },
    ];
    const ranking = rankByObjective(samplingContext(), short, undefined);
    expect(ranking?.best.memorySizeMb).toBe(256);
    expect(ranking?.tied.map(({ memorySizeMb }) => memorySizeMb)).toEqual([512]);
  });
});

describe("the objective speed", () => {
  const speed = (toleranceP: number) => samplingContext({ objective: { kind: "speed", toleranceP } });

  it("takes the cheaper of two equally fast sizes, though noise makes the larger look faster", () => {
    expect(
      rankByObjective(speed(0), [size(512, 400), size(1024, 201), size(2048, 200)], undefined)?.best.memorySizeMb,
    ).toBe(1024);
  });

  it("takes the fastest where no other is as fast", () => {
    expect(
      rankByObjective(speed(0), [size(512, 400), size(1024, 220), size(2048, 200)], undefined)?.best.memorySizeMb,
    ).toBe(2048);
  });

  it("takes the cheapest within the tolerance, and names those that cost as much within the run's", () => {
    const ranking = rankByObjective(
      speed(10),
      [size(1024, 250), size(2000, 217), size(2100, 208), size(4000, 200)],
      undefined,
    );
    expect(ranking?.best.memorySizeMb).toBe(2000);
    expect(ranking?.tied.map(({ memorySizeMb }) => memorySizeMb)).toEqual([2100]);
  });
});

describe("the objective slo", () => {
  const context = samplingContext({ objective: { kind: "slo", percentile: 95, durationMs: 300 } });
  const ranked = (
    verdicts: Readonly<Record<number, SloVerdict["verdict"]>>,
    expectedMs: Readonly<Record<number, number>> = {},
  ) =>
    rankByObjective(
      context,
      [size(512, 280), size(1024, 200), size(2048, 150)],
      new Map(
        Object.entries(verdicts).map(([mb, verdict]) => [
          Number(mb),
          { percentile: 95, limitMs: 300, verdict, expectedMs: expectedMs[Number(mb)] ?? 300 },
        ]),
      ),
    )?.best.memorySizeMb;

  it("prefers a size that was shown to meet the limit to a cheaper one that is estimated to", () => {
    expect(ranked({ 512: "estimated-met", 1024: "met", 2048: "met" })).toBe(1024);
  });

  it("takes the cheapest that is estimated to where none was shown", () => {
    expect(ranked({ 512: "not-shown", 1024: "estimated-met", 2048: "estimated-met" })).toBe(1024);
  });

  it("takes the cheapest of those that come closest where none meets it", () => {
    const verdicts = { 512: "not-met", 1024: "not-met", 2048: "not-met" } as const;
    expect(ranked(verdicts, { 512: 600, 1024: 402, 2048: 400 })).toBe(1024);
    expect(ranked(verdicts, { 512: 600, 1024: 500, 2048: 400 })).toBe(2048);
  });
});
