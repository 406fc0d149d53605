import { describe, expect, it } from "vitest";
import { type Estimates, estimateSizes } from "../../../core/sampling/estimate-sizes.ts";
import { measuredSize, observed, times, type WarmCall } from "./measured-size.ts";

/** Mean billed milliseconds of a size by its first round, the far tail included. */
const meanOf = ({ sizes, tail }: Estimates, size: number): number => {
  const logFactor = Math.log(
    tail.beliefs.reduce((sum, { weight, logFactors }) => sum + weight * Math.exp(logFactors[size] ?? Number.NaN), 0),
  );
  return Math.exp((sizes[size]?.rounds[0]?.logBody ?? Number.NaN) + logFactor);
};

const body = [96, 98, 99, 100, 100, 101, 102, 104, 100, 100];
const estimate = (warm: readonly WarmCall[], payloadShares = [1]): Estimates =>
  estimateSizes(observed(measuredSize(1024, warm), measuredSize(1769, warm)), payloadShares);

describe("estimateSizes", () => {
  it("gives the mean of quiet calls", () => {
    expect(meanOf(estimate(body), 0) / 100).toBeCloseTo(1, 1.5);
  });

  it("gives the mean that is billed where outliers lie far out, not the typical call", () => {
    // 3 of 33 calls take ten times as long: (30 * 100 + 3 * 1000) / 33 = 182.
    const mean = meanOf(estimate([...body, 1000, ...body, 1000, ...body, 1000]), 0);
    expect(mean).toBeGreaterThan(160);
    expect(mean).toBeLessThan(200);
  });

  it("gives the mean of a skewed body, which lies above its median", () => {
    const skewed = [50, 60, 70, 80, 90, 100, 120, 150, 200, 280];
    expect(meanOf(estimate(skewed), 0) / 120).toBeGreaterThan(0.95);
  });

  it("weighs payloads by their shares in production", () => {
    const calls = [
      ...times(8, 100).map((durationMs) => ({ durationMs, payload: 0 })),
      ...times(8, 1000).map((durationMs) => ({ durationMs, payload: 1 })),
    ];
    // 0.9 * 100 + 0.1 * 1000 = 190; as they were sent it would be 550.
    expect(meanOf(estimate(calls, [0.9, 0.1]), 0) / 190).toBeCloseTo(1, 1);
  });

  it("leaves out by how much the first calls of an environment are slower", () => {
    const slower = (index: number): number => 1 + 0.6 * Math.exp(-index / 2.5);
    const calls = Array.from({ length: 14 }, (_, index) => 100 * slower(index) + (index % 3));
    expect(meanOf(estimate(calls), 0)).toBeLessThan(108);
    expect(calls.reduce((sum, value) => sum + value, 0) / calls.length).toBeGreaterThan(112);
  });

  it("keeps the rounds of a size apart", () => {
    const [size] = estimate([
      ...times(4, 100).map((durationMs) => ({ durationMs, round: 1 })),
      ...times(6, 120).map((durationMs) => ({ durationMs, round: 3 })),
    ]).sizes;
    expect(size?.rounds.map(({ round, n }) => [round, n])).toEqual([
      [1, 4],
      [3, 6],
    ]);
    const [first, third] = size?.rounds ?? [];
    expect((third?.logBody ?? 0) - (first?.logBody ?? 0)).toBeCloseTo(Math.log(1.2), 4);
    expect(third?.variance).toBeLessThan(first?.variance ?? 0);
    expect(size?.n).toBe(10);
  });

  it("counts the environments that samples come from", () => {
    const lanes = [0, 1, 1, 2].map((lane) => ({ durationMs: 100, lane }));
    expect(estimate(lanes).sizes[0]?.environments).toBe(3);
  });

  it("knows how far billing rounds up", () => {
    expect(estimate(times(6, 0.4)).sizes[0]?.logDurationOverBilled).toBeCloseTo(Math.log(0.4), 12);
    expect(estimate(times(6, 100)).sizes[0]?.logDurationOverBilled).toBe(0);
  });

  it("measures the noise of all sizes together, and never believes it to be none", () => {
    const noisy = estimate([70, 140, 90, 120, 60, 150, 100, 80]);
    expect(noisy.scale).toBeGreaterThan(0.2);
    expect(noisy.scale).toBeLessThan(0.5);
    const constant = estimate(times(50, 100));
    expect(constant.scale).toBeGreaterThan(0.01);
    expect(constant.scale).toBeLessThan(0.03);
  });

  it("lets a size be noisier than the others", () => {
    const { sizes } = estimateSizes(
      observed(
        measuredSize(256, [60, 150, 80, 130, 50, 160, 90, 110]),
        measuredSize(1024, times(8, 40)),
        measuredSize(1769, times(8, 30)),
      ),
      [1],
    );
    expect(sizes[0]?.scale).toBeGreaterThan(1.3 * (sizes[1]?.scale ?? 1));
  });

  it("says what outliers add to all calls", () => {
    expect(estimate(body).tailFactor).toBe(1);
    expect(estimate(body).tailSd).toBe(0);
    const far = estimate([...body, 1000]);
    // One call in eleven is nine bodies longer: 1 + 9 / 11.
    expect(far.tailFactor).toBeCloseTo(1 + 9 / 11, 1);
    expect(far.tailSd).toBeCloseTo(Math.sqrt(81 / 11), 1);
  });

  it("suspects a small size that hardly fits of memory pressure", () => {
    const logBodyAt = (memorySizeMb: number, maxMemoryUsedMb: number): number =>
      estimateSizes(observed(measuredSize(memorySizeMb, body, { maxMemoryUsedMb })), [1]).sizes[0]?.rounds[0]
        ?.logBody ?? 0;
    expect(logBodyAt(192, 160)).toBeGreaterThan(logBodyAt(192, 40) + 0.02);
    expect(logBodyAt(1769, 160)).toBe(logBodyAt(1769, 40));
  });

  it.each([
    ["one call", [100]],
    ["calls that are billed as nothing", [{ durationMs: 0, billedMs: 0 }]],
    ["calls a million times apart", [1, 1_000_000]],
  ])("is finite for %s", (_, warm) => {
    const [size] = estimateSizes(observed(measuredSize(1024, warm)), [1]).sizes;
    for (const { logBody, variance } of size?.rounds ?? []) {
      expect(Number.isFinite(logBody)).toBe(true);
      expect(variance).toBeGreaterThan(0);
      expect(variance).toBeLessThan(Number.POSITIVE_INFINITY);
    }
    expect(size?.rounds).toHaveLength(1);
  });
});
