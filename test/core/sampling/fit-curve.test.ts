import { describe, expect, it } from "vitest";
import { estimateSizes } from "../../../core/sampling/estimate-sizes.ts";
import { type FittedCurve, fitCurve } from "../../../core/sampling/fit-curve.ts";
import { measuredSize, observed } from "./measured-size.ts";

/** Calls of a duration, give or take 2 %. */
const calls = (durationMs: number, count: number): number[] =>
  Array.from({ length: count }, (_, call) => durationMs * (1 + 0.02 * ((call % 3) - 1)));

/** The curve at the wanted sizes after so many calls of a function at each of the measured ones. */
const curveAt = (
  sizesMb: readonly number[],
  durationAt: (memoryMb: number) => number,
  wantedMb: readonly number[],
  count = 10,
): FittedCurve => {
  const sizes = observed(...sizesMb.map((mb) => measuredSize(mb, calls(durationAt(mb), count))));
  return fitCurve(estimateSizes(sizes, [1]), wantedMb);
};

const ms = ({ mean }: FittedCurve, index: number): number => Math.exp(mean[index] ?? Number.NaN);
const sd = ({ covariance }: FittedCurve, index: number): number => Math.sqrt(covariance[index]?.[index] ?? Number.NaN);

const anchors = [192, 512, 1024, 1769];
/** Bound by one CPU, nothing to gain above one vCPU. */
const cpu = (memoryMb: number): number => (1000 * 1769) / Math.min(1769, memoryMb);
const io = (): number => 800;
/** Bound by I/O, but paging below 400 MB: six times as long. */
const paging = (memoryMb: number): number => (memoryMb < 400 ? 6 : 1) * 800;

describe("fitCurve", () => {
  it.each([
    ["a function bound by CPU", cpu],
    ["a function bound by I/O", io],
    ["a function with a cliff", paging],
  ])("goes through what was measured of %s", (_, durationAt) => {
    const curve = curveAt(anchors, durationAt, anchors, 30);
    for (const [index, mb] of anchors.entries()) {
      expect(Math.abs(ms(curve, index) / durationAt(mb) - 1)).toBeLessThan(0.06);
      expect(sd(curve, index)).toBeLessThan(0.15);
    }
  });

  it("follows CPU between measured sizes", () => {
    const between = [320, 724, 1350];
    const curve = curveAt(anchors, cpu, between);
    for (const [index, mb] of between.entries()) expect(Math.abs(ms(curve, index) / cpu(mb) - 1)).toBeLessThan(0.1);
  });

  it("follows a cliff between two sizes where samples show it", () => {
    const measured = [192, 360, 440, 1024, 1769];
    const [slow, fast] = [260, 700];
    const curve = curveAt(measured, paging, [slow, fast]);
    expect(Math.abs(Math.log(ms(curve, 0) / paging(slow)))).toBeLessThan(0.15);
    expect(Math.abs(Math.log(ms(curve, 1) / paging(fast)))).toBeLessThan(0.15);
  });

  it("does not know where in the gap between two sizes a cliff is, and says so", () => {
    const inGap = [310];
    expect(sd(curveAt(anchors, paging, inGap), 0)).toBeGreaterThan(2 * sd(curveAt(anchors, io, inGap), 0));
  });

  it("thinks of no cliff in a gap where samples show none, whatever lies elsewhere", () => {
    const curve = curveAt(anchors, paging, [310, 724, 1350]);
    for (const index of [1, 2]) {
      expect(Math.abs(Math.log(ms(curve, index) / 800))).toBeLessThan(0.1);
      expect(sd(curve, index)).toBeLessThan(0.7 * sd(curve, 0));
    }
  });

  it("knows less the further from what was measured", () => {
    const curve = curveAt(anchors, cpu, [1769, 2500, 4000, 10_240]);
    const sds = [0, 1, 2, 3].map((index) => sd(curve, index));
    expect(sds).toEqual(sds.toSorted((a, b) => a - b));
  });

  it("follows quiet samples that leave the trend, and noisy ones less", () => {
    const leaving = (warm: readonly number[]): number => {
      const sizes = [512, 724, 1024].map((mb) =>
        measuredSize(mb, mb === 724 ? warm.map((factor) => 1.5 * factor * cpu(mb)) : calls(cpu(mb), 30)),
      );
      return ms(fitCurve(estimateSizes(observed(...sizes), [1]), [724]), 0) / cpu(724);
    };
    const quiet = leaving([1, 0.99, 1.01, 1, 1, 0.98, 1.02, 1, 1, 1]);
    expect(Math.abs(quiet / 1.5 - 1)).toBeLessThan(0.06);
    expect(leaving([0.5, 1.5])).toBeLessThan(0.9 * quiet);
  });

  it("knows more after more calls", () => {
    const [few = 1, many = 1] = [2, 30].map((count) => sd(curveAt(anchors, cpu, [512], count), 0));
    expect(many).toBeLessThan(few);
  });

  it("gives neighbours in common what it does not know", () => {
    const { covariance } = curveAt(anchors, cpu, [5000, 6000]);
    const [[a = 0, ab = 0] = [], [, b = 0] = []] = covariance.map((row) => [...row]);
    expect(ab / Math.sqrt(a * b)).toBeGreaterThan(0.8);
    expect(covariance[1]?.[0]).toBe(ab);
  });

  it("fits a single size with a single call", () => {
    const curve = curveAt([1024], cpu, [128, 1024, 10_240], 1);
    for (const index of [0, 1, 2]) {
      expect(Number.isFinite(ms(curve, index))).toBe(true);
      expect(sd(curve, index)).toBeGreaterThan(0);
    }
    // A call may be one of the slow ones: the law's mean is less sure than its one value.
    expect(Math.abs(ms(curve, 1) / cpu(1024) - 1)).toBeLessThan(0.1);
  });

  it("tells two sizes apart by the peaks of a law that all sizes share, where their means are far off", () => {
    // Each call is fast or takes 1.8 times as long, by chance as often at one size as not at another.
    const slowCalls = [[1, 3, 5], [0, 3, 5, 7], [6], [2, 4, 7]];
    const durations = anchors.map((mb, size) =>
      calls(cpu(mb), 8).map((fast, call) => ((slowCalls[size] ?? []).includes(call) ? 1.8 : 1) * fast),
    );
    const meanOf = (values: readonly number[] = []): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const truth = cpu(512) / cpu(1024);
    expect(meanOf(durations[1]) / meanOf(durations[2]) / truth).toBeGreaterThan(1.2);
    const sizes = observed(...anchors.map((mb, size) => measuredSize(mb, durations[size] ?? [])));
    const estimates = estimateSizes(sizes, [1]);
    const [asFound, ifCertain, ifUnlikely] = [estimates.sharedProbability, 1, 0.05].map((sharedProbability) => {
      const curve = fitCurve({ ...estimates, sharedProbability }, [512, 1024]);
      return ms(curve, 0) / ms(curve, 1) / truth - 1;
    });
    // One in three is the least that is believed of sizes that differ.
    expect(Math.abs(asFound ?? 1)).toBeLessThan(0.1);
    expect(Math.abs(ifCertain ?? 1)).toBeLessThan(0.03);
    expect(Math.abs(ifUnlikely ?? 0)).toBeGreaterThan(0.2);
  });
});
