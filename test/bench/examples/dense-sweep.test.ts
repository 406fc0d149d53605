import { expect, it } from "vitest";
import { cheapestOf, sweepOf } from "../../../bench/examples/dense-sweep.ts";
import type { MeasurementSummary } from "../../../core/report/schema.ts";

const measured = (memorySizeMb: number, mean: number, half: number): MeasurementSummary => ({
  memorySizeMb,
  outcome: "measured",
  chargePerMillionUsd: { mean, interval: { lower: mean - half, upper: mean + half } },
  errors: [],
});
const failed = (memorySizeMb: number): MeasurementSummary => ({ memorySizeMb, outcome: "out-of-memory", errors: [] });

it("averages the passes and combines their intervals", () => {
  const [point] = sweepOf([[measured(128, 1, 0.3)], [measured(128, 2, 0.4)]]);
  expect(point).toEqual({
    memorySizeMb: 128,
    chargePerMillionUsd: 1.5,
    halfIntervalUsd: expect.closeTo(0.25, 12),
  });
});

it("orders the points by size", () => {
  const sweep = sweepOf([[measured(512, 1, 0), measured(128, 1, 0)]]);
  expect(sweep.map(({ memorySizeMb }) => memorySizeMb)).toEqual([128, 512]);
});

it("leaves a size out that one of the passes could not charge", () => {
  const sweep = sweepOf([
    [failed(128), measured(256, 1, 0)],
    [measured(128, 1, 0), measured(256, 1, 0)],
  ]);
  expect(sweep.map(({ memorySizeMb }) => memorySizeMb)).toEqual([256]);
});

it("finds the cheapest point", () => {
  const sweep = sweepOf([[measured(128, 3, 0), measured(256, 1, 0), measured(512, 2, 0)]]);
  expect(cheapestOf(sweep).memorySizeMb).toBe(256);
});

it("finds no cheapest point where nothing was charged", () => {
  expect(() => cheapestOf(sweepOf([[failed(128)]]))).toThrow(RangeError);
});
