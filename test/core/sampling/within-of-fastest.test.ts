import { describe, expect, it } from "vitest";
import { withinOfFastest } from "../../../core/sampling/within-of-fastest.ts";
import { samplingContext } from "./sampling-context.ts";

const within = (toleranceP: number, durations: Readonly<Record<number, number>>, sd = 1e-6): number[] =>
  withinOfFastest(
    samplingContext({ objective: { kind: "speed", toleranceP } }),
    Object.entries(durations).map(([mb, durationMs]) => ({
      memorySizeMb: Number(mb),
      logDuration: Math.log(durationMs),
      curveVariance: sd ** 2,
    })),
  ).flatMap(({ memorySizeMb, level, limit }) => (level <= limit ? [memorySizeMb] : []));

describe("withinOfFastest", () => {
  it("is the objective's tolerance where that is the largest", () => {
    expect(within(10, { 512: 220, 1024: 112, 1536: 109, 2048: 100 })).toEqual([1536, 2048]);
  });

  it("is at least the tolerance of the run: sizes nearer than that are equally fast", () => {
    expect(within(0, { 512: 110, 1024: 101.9, 2048: 100 })).toEqual([1024, 2048]);
    expect(within(0, { 512: 110, 1024: 102.1, 2048: 100 })).toEqual([2048]);
  });

  it("counts sizes that noise alone sets apart as equally fast, up to a limit", () => {
    expect(within(0, { 512: 200, 1024: 104, 2048: 100 }, 0.04)).toEqual([1024, 2048]);
    expect(within(0, { 512: 200, 1024: 110, 2048: 100 }, 0.5)).toEqual([2048]);
  });

  it("takes no size for slower than a smaller one: what noise raised again is one level", () => {
    expect(within(0, { 512: 200, 1024: 100, 2048: 104, 3008: 102 })).toEqual([1024, 2048, 3008]);
  });

  it("takes a single size for the fastest", () => {
    expect(within(0, { 512: 200 })).toEqual([512]);
  });
});
