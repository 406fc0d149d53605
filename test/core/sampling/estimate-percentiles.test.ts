import { describe, expect, it } from "vitest";
import type { SizeMeasurement } from "../../../core/run/measurement.ts";
import { estimatePercentiles } from "../../../core/sampling/estimate-percentiles.ts";
import { measuredSize, observed, times, type WarmCall } from "./measured-size.ts";

/** Durations around a middle, the slowest of them 20 % above it. */
const around = (middleMs: number, count: number): number[] =>
  Array.from({ length: count }, (_, call) => middleMs * (0.8 + (0.4 * call) / (count - 1)));

describe("estimatePercentiles", () => {
  it("bounds by an order statistic where there are samples for it: the largest of 59 for the p95", () => {
    const durations = around(100, 59);
    const [size] = estimatePercentiles(observed(measuredSize(512, durations)), 95, 0.95);
    expect(size?.shownBoundMs).toBeCloseTo(120, 9);
    const [fewer] = estimatePercentiles(observed(measuredSize(512, durations.slice(1))), 95, 0.95);
    expect(fewer?.shownBoundMs).toBeUndefined();
  });

  it("lends a size with few samples the tail of the others", () => {
    const alone = estimatePercentiles(observed(measuredSize(512, [100, 101, 99])), 95, 0.95);
    const tailed = [...times(16, 50), 49, 51, 90, 95];
    const [small] = estimatePercentiles(
      observed(measuredSize(512, [100, 101, 99]), measuredSize(1024, tailed)),
      95,
      0.95,
    );
    expect(small?.estimatedBoundMs ?? 0).toBeGreaterThan(1.15 * (alone[0]?.estimatedBoundMs ?? 0));
  });

  it("does not lend the tail of a size with much less memory: too little makes a tail of its own", () => {
    const tailed = measuredSize(256, [...times(16, 50), 49, 51, 90, 95]);
    const large = (...others: readonly SizeMeasurement[]) =>
      estimatePercentiles(observed(measuredSize(1024, [20, 20.2, 19.8]), ...others), 95, 0.95).at(-1)?.expectedMs ?? 0;
    expect(large(tailed)).toBeLessThan(1.1 * large());
  });

  it("bounds above what is most likely, the further the fewer the samples", () => {
    const gap = (count: number) => {
      const [size] = estimatePercentiles(observed(measuredSize(512, around(100, count))), 95, 0.95);
      return (size?.estimatedBoundMs ?? 0) / (size?.expectedMs ?? 1);
    };
    expect(gap(40)).toBeGreaterThan(1);
    expect(gap(4)).toBeGreaterThan(gap(40));
  });

  it("leaves the slow first calls of environments out", () => {
    const warm: WarmCall[] = Array.from({ length: 80 }, (_, index) => {
      const call = Math.floor(index / 4);
      return { durationMs: 100 * (1 + 0.8 * Math.exp(-call / 1.2)), lane: index % 4 };
    });
    const [size] = estimatePercentiles(
      observed(measuredSize(512, warm), measuredSize(1024, warm), measuredSize(2048, warm)),
      95,
      0.95,
    );
    expect(size?.n ?? 0).toBeGreaterThan(59);
    expect(size?.n ?? 0).toBeLessThan(80);
    expect(size?.shownBoundMs ?? 0).toBeLessThan(106);
  });

  it("does not take a slow first call for a warm-up where there are few sizes to tell", () => {
    const [size] = estimatePercentiles(observed(measuredSize(512, [500, ...times(58, 100)])), 95, 0.95);
    expect(size?.n).toBe(59);
    expect(size?.shownBoundMs).toBeCloseTo(500, 9);
  });

  it("counts what lies above a limit", () => {
    const [size] = estimatePercentiles(observed(measuredSize(512, [90, 100, 110, 130])), 95, 0.95);
    expect(size?.countAbove(105)).toBe(2);
    expect(size?.shareAbove(105)).toBeGreaterThanOrEqual(0.5);
  });

  it.each([1, 2, 3])("says something with %d equal samples", (count) => {
    const [size] = estimatePercentiles(observed(measuredSize(512, times(count, 100))), 99, 0.95);
    expect(size?.expectedMs).toBeGreaterThanOrEqual(100);
    expect(size?.estimatedBoundMs).toBeGreaterThan(100);
    expect(size?.estimatedBoundMs).toBeLessThan(250);
  });
});
