import { expect, it } from "vitest";
import { seededGenerator } from "../../../core/statistics/seeded-generator.ts";

// From a C program of the four lines that define sfc32, on uint32_t: a = 0, b = seed, c = 0, counter = 1, 12 rounds.
it.each([
  [1, [2012149540, 1872316204, 1707632675]],
  [0xdeadbeef, [3267350604, 3986441180, 1591877757]],
])("gives the numbers of sfc32 for seed %d", (seed, words) => {
  const next = seededGenerator(seed);
  expect(words.map(() => next() * 2 ** 32)).toEqual(words);
});

it("fills the unit interval evenly", () => {
  const next = seededGenerator(7);
  const bins = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < 100_000; draw += 1) {
    const bin = Math.floor(next() * 10);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  // 95 is the standard deviation of a bin.
  for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(4.5 * 95);
});

it("gives neighbouring seeds unrelated numbers", () => {
  const first = Array.from({ length: 1000 }, (_, seed) => seededGenerator(seed)());
  expect(new Set(first).size).toBe(1000);
  expect(first.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(0.5, 1);
});
