import { describe, expect, it } from "vitest";
import { callsOfNewSize, clampedCalls, payloadCalls } from "../../../core/sampling/call-counts.ts";
import { estimateSizes } from "../../../core/sampling/estimate-sizes.ts";
import { presets } from "../../../core/sampling/presets.ts";
import { measuredSize, observed, times, type WarmCall } from "./measured-size.ts";
import { samplingContext } from "./sampling-context.ts";

describe("clampedCalls", () => {
  const counts = { least: 4, perScale: 40, most: 10 };

  it.each([
    [0, 4],
    [0.03, 4],
    [0.08, 6],
    [0.13, 8],
    [0.9, 10],
  ])("at a scale of %d wants %d", (scale, expected) => {
    expect(clampedCalls(counts, scale)).toBe(expected);
  });
});

describe("payloadCalls", () => {
  it.each([
    ["a single payload", [1], 1],
    ["two equal payloads", [0.5, 0.5], 2],
    ["a payload of every fourth call", [0.75, 0.25], 4],
    ["more payloads than a size can afford", [0.9, 0.1], 8],
    ["a payload too seldom to wait for", [0.98, 0.02], 2],
  ])("for %s", (_, payloadShares, expected) => {
    expect(payloadCalls(samplingContext({}, { payloadShares }))).toBe(expected);
  });
});

describe("callsOfNewSize", () => {
  const callsOf = (warm: readonly WarmCall[], payloadShares = [1], initMs = 0) => {
    const cold = { durationMs: 200, initMs, billedMs: 200 + initMs, cold: true };
    const sizes = observed(...[512, 1024, 1769].map((mb) => measuredSize(mb, [...warm, cold])));
    const usable = sizes.map((size) => ({ ...size, cold: size.cold.slice(-1) }));
    const context = samplingContext({}, { payloadShares });
    return callsOfNewSize(context, presets.standard, usable, estimateSizes(usable, payloadShares));
  };
  const quiet = [100, 101, 99, 100, 100, 101];
  const noisy = [60, 150, 100, 240, 80, 55];

  it("are few for a quiet function, more for a noisy one, between the bounds of the preset", () => {
    expect(callsOf(quiet)).toBe(presets.standard.calls.least);
    expect(callsOf(noisy)).toBe(presets.standard.calls.most);
  });

  it("are more when outliers lie far out", () => {
    expect(callsOf([...quiet, 900])).toBeGreaterThan(callsOf(quiet));
  });

  it("may be more than that where a cold start costs many calls", () => {
    expect(callsOf(noisy, [1], 5000)).toBeGreaterThan(presets.standard.calls.most);
    expect(callsOf([9, 900, 100, 2500, 20, 55], [1], 500_000)).toBe(14);
    // A quiet function gains nothing from more calls, however cheap they are.
    expect(callsOf(times(6, 100), [1], 5000)).toBe(presets.standard.calls.least);
  });

  it("show every payload that matters", () => {
    expect(callsOf(quiet, [0.8, 0.2])).toBe(5);
  });
});
