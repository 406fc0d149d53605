import { expect, it } from "vitest";
import { chargeAt } from "../../../bench/examples/charge-at.ts";

const sweep = [
  { memorySizeMb: 128, chargePerMillionUsd: 4, halfIntervalUsd: 0.1 },
  { memorySizeMb: 512, chargePerMillionUsd: 1, halfIntervalUsd: 0.3 },
  { memorySizeMb: 1024, chargePerMillionUsd: 2, halfIntervalUsd: 0.3 },
];

it.each([
  ["a swept size", 512, 1],
  ["the smallest swept size", 128, 4],
  ["the largest swept size", 1024, 2],
  // Half way from 128 to 512 on the logarithmic scale, and so half way from 4 to 1.
  ["a size between two", 256, 2],
])("knows the charge of %s", (_, memorySizeMb, charge) => {
  expect(chargeAt(sweep, memorySizeMb)?.chargePerMillionUsd).toBeCloseTo(charge, 12);
});

it("takes the interval of a size between two from both", () => {
  expect(chargeAt(sweep, 256)?.halfIntervalUsd).toBeCloseTo(0.2, 12);
});

it.each([127, 1025])("says nothing about %d MB, outside the sweep", (memorySizeMb) => {
  expect(chargeAt(sweep, memorySizeMb)).toBeUndefined();
});
