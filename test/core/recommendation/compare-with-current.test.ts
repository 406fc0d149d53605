import { describe, expect, it } from "vitest";
import { compareWithCurrent } from "../../../core/recommendation/compare-with-current.ts";
import { about, type CallsBySize, measuredCurve } from "./measured-curve.ts";

const compared = (calls: CallsBySize, currentMb: number, bestMb: number) => {
  const { context, curve, at } = measuredCurve(calls);
  return compareWithCurrent(context, curve, at(currentMb), at(bestMb));
};

/** 100 ms whatever the size: half the memory is half the charge. */
const io = { 1024: about(100, 30), 2048: about(100, 30) };

describe("compareWithCurrent", () => {
  it("gives the saving and what it does to duration", () => {
    const { savingPercent, durationChangePercent } = compared(io, 2048, 1024);
    // By hand: (100 ms x 1 GB) against (100 ms x 2 GB), and the fee of 0.2 on both: 1 - 1.867 / 3.533.
    expect(Math.abs(savingPercent.expected - 47.2)).toBeLessThan(1.5);
    expect(Math.abs(durationChangePercent)).toBeLessThan(3);
    expect(savingPercent.interval.lower).toBeLessThan(savingPercent.expected);
    expect(savingPercent.interval.upper).toBeGreaterThan(savingPercent.expected);
    expect(savingPercent.interval.lower).toBeGreaterThan(30);
    expect(savingPercent.interval.upper).toBeLessThan(60);
  });

  it("gives a size that costs more a negative saving", () => {
    const { savingPercent } = compared(io, 1024, 2048);
    expect(Math.abs(savingPercent.expected + 89)).toBeLessThan(6);
    expect(savingPercent.interval.upper).toBeLessThan(0);
  });

  it("saves exactly nothing by the current size", () => {
    expect(compared(io, 1024, 1024)).toEqual({
      savingPercent: { expected: 0, interval: { lower: 0, upper: 0 } },
      durationChangePercent: 0,
    });
  });

  it("says how much faster a larger size is", () => {
    const { savingPercent, durationChangePercent } = compared({ 512: about(400, 30), 1024: about(200, 30) }, 512, 1024);
    expect(Math.abs(durationChangePercent + 50)).toBeLessThan(5);
    expect(Math.abs(savingPercent.expected)).toBeLessThan(10);
  });

  it("is surer of a saving after more calls", () => {
    const width = (count: number): number => {
      const noisy = (mean: number): number[] =>
        Array.from({ length: count }, (_, call) => mean * (call % 2 === 0 ? 0.7 : 1.3));
      const { interval } = compared({ 1024: noisy(100), 2048: noisy(100) }, 2048, 1024).savingPercent;
      return Math.log((100 - interval.lower) / (100 - interval.upper));
    };
    expect(width(60)).toBeLessThan(0.8 * width(4));
  });
});
