import { describe, expect, it } from "vitest";
import { impatience } from "../../../core/sampling/patience.ts";
import { presets } from "../../../core/sampling/presets.ts";
import { measuredSize, observed, type WarmCall } from "./measured-size.ts";

const preset = { ...presets.standard, patience: 2 };
const calls = (count: number, durationMs: number, round: number): WarmCall[] =>
  Array.from({ length: count }, () => ({ durationMs, round }));

/** One size without cold starts: 4 calls in the first round and `more` in the second. */
const spent = (more: number, durationMs = 100, laterMs = durationMs) =>
  observed(measuredSize(1024, [...calls(4, durationMs, 1), ...calls(more, laterMs, 2)])).map((size) => ({
    ...size,
    all: size.warm,
  }));

describe("impatience", () => {
  it("is 1 until the spend is a multiple of the first round's, then rises with its square", () => {
    expect([0, 2, 4, 8, 12].map((more) => impatience(spent(more), preset, 1))).toEqual([1, 1, 1, 2.25, 4]);
  });

  it("means the same for a cheap and a dear function", () => {
    expect(impatience(spent(12, 7), preset, 1)).toBe(impatience(spent(12, 70_000), preset, 1));
  });

  it("counts calls at the typical cost of their kind: a few slow ones do not end the search", () => {
    const [size] = spent(12);
    const slow = observed(measuredSize(1024, [...calls(4, 100, 1), ...calls(10, 100, 2), ...calls(2, 9000, 2)]));
    expect(
      impatience(
        slow.map((one) => ({ ...one, all: one.warm })),
        preset,
        1,
      ),
    ).toBe(impatience(size === undefined ? [] : [size], preset, 1));
  });

  it("counts cold starts, which are dearer", () => {
    const cold = { durationMs: 100, billedMs: 900, initMs: 800, cold: true };
    const early = observed(measuredSize(1024, [{ ...cold, round: 1 }, ...calls(4, 100, 1), ...calls(8, 100, 2)]));
    const late = observed(measuredSize(1024, [...calls(4, 100, 1), ...calls(8, 100, 2), { ...cold, round: 2 }]));
    expect(impatience(late, preset, 1)).toBeGreaterThan(impatience(early, preset, 1));
  });

  it("is less where far outliers make most of the bill", () => {
    expect(impatience(spent(12), preset, 1.5)).toBeCloseTo((4 / 2 / 1.5) ** 2, 12);
    expect(impatience(spent(12), preset, 5)).toBe(1);
  });

  it("is 1 before anything was measured", () => {
    expect(impatience([], preset, 1)).toBe(1);
  });
});
