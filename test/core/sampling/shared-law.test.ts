import { describe, expect, it } from "vitest";
import { type LawSample, type SharedLaw, sharedLaw } from "../../../core/sampling/shared-law.ts";
import { huberLocation } from "../../../core/statistics/huber-location.ts";
import { seededGenerator } from "../../../core/statistics/seeded-generator.ts";
import { times } from "./measured-size.ts";
import { notFinite } from "./simulated-run.ts";

/** Log durations of one size, the first guess being what a robust mean makes of them. */
const sampleOf = (octaves: number, values: readonly number[]): LawSample => ({
  octaves,
  values,
  guess: huberLocation(values, 0.1),
});

/** Where each size truly lies, in logarithms, by its memory in octaves over 1 GB. */
const shifts: readonly (readonly [octaves: number, shift: number])[] = [
  [-2.4, 7],
  [-1, 6.1],
  [0, 5.2],
  [0.8, 5],
];

/** A duration over its size's, from uniform random numbers. */
type Law = (random: () => number) => number;

const twoPeaks: Law = (random) => (random() < 0.7 ? 1 : 1.8) * (1 + 0.02 * (random() - 0.5));
/** One in four takes from twice to twenty times as long. */
const heavyOutliers: Law = (random) => (random() < 0.75 ? 1 : 2 + 18 * random()) * (1 + 0.1 * (random() - 0.5));

const drawn = (law: Law, calls: number, seed: number): LawSample[] => {
  const random = seededGenerator(seed);
  return shifts.map(([octaves, shift]) =>
    sampleOf(
      octaves,
      Array.from({ length: calls }, () => shift + Math.log(law(random))),
    ),
  );
};

const plainLogMeans = (samples: readonly LawSample[]): number[] =>
  samples.map(({ values }) => Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0) / values.length));
const logMeans = ({ sizes }: SharedLaw): number[] => sizes.map(({ logMean }) => logMean);

/** How far sizes are from where they should be beside the last one, over many draws. */
const errorsOf = (law: Law, calls: number, located: (samples: readonly LawSample[]) => readonly number[]): number[] =>
  Array.from({ length: 40 }, (_, seed) => {
    const means = located(drawn(law, calls, seed + 1));
    const errors = means.map((mean, size) => mean - (shifts[size]?.[1] ?? Number.NaN));
    return errors.slice(0, -1).map((error) => Math.abs(error - (errors.at(-1) ?? Number.NaN)));
  }).flat();
const aligned = (samples: readonly LawSample[]): number[] => logMeans(sharedLaw(samples));
const rootMeanSquare = (errors: readonly number[]): number =>
  Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);

describe("sharedLaw", () => {
  it.each([
    ["two sharp peaks of unequal weight", twoPeaks, 12],
    ["outliers of many kinds in a quarter of the calls", heavyOutliers, 12],
  ])("tells sizes apart far better than their means do where the law has %s", (_, law, calls) => {
    const [ours = 1, plain = 0] = [aligned, plainLogMeans].map((located) =>
      rootMeanSquare(errorsOf(law, calls, located)),
    );
    expect(ours).toBeLessThan(0.35 * plain);
  });

  it("is next to exact for most sizes after six calls, where the law has two sharp peaks", () => {
    const [ours = 1, plain = 0] = [aligned, plainLogMeans].map(
      (located) => errorsOf(twoPeaks, 6, located).filter((error) => error > 0.02).length / 120,
    );
    expect(ours).toBeLessThan(0.2);
    // Six calls hold as many slow ones by chance only.
    expect(plain).toBeGreaterThan(0.6);
  });

  it("gives the mean of the law, slow calls and all, to every size", () => {
    for (const [size, mean] of aligned(drawn(twoPeaks, 60, 1)).entries()) {
      // By hand: 0.7 * 1 + 0.3 * 1.8 = 1.24 times the lower peak.
      expect(Math.abs(mean - ((shifts[size]?.[1] ?? Number.NaN) + Math.log(1.24)))).toBeLessThan(0.06);
    }
  });

  it("is the surer of a size the more calls it has", () => {
    const [few, many] = [3, 30].map((calls) => sharedLaw(drawn(heavyOutliers, calls, 1)).sizes);
    for (const [size, { variance }] of (many ?? []).entries()) {
      expect(variance).toBeLessThan(0.5 * (few?.[size]?.variance ?? 0));
    }
  });

  it("is unsure of a size that shows one peak of two, and sure of one that shows both", () => {
    const both = (octaves: number, shift: number): LawSample =>
      sampleOf(
        octaves,
        [0, 0.01, -0.01, 0, 0.7, 0.69].map((value) => shift + value),
      );
    const { sizes } = sharedLaw([both(-2, 7), both(-1, 6), both(0, 5), sampleOf(1, [4])]);
    const sds = sizes.map(({ variance }) => Math.sqrt(variance));
    expect(sds[3]).toBeGreaterThan(0.1);
    expect(Math.max(...sds.slice(0, 3))).toBeLessThan(0.03);
  });

  it("finds constant durations as they are", () => {
    const law = sharedLaw(shifts.map(([octaves, shift]) => sampleOf(octaves, times(5, shift))));
    for (const [size, { logMean, variance }] of law.sizes.entries()) {
      expect(Math.abs(logMean - (shifts[size]?.[1] ?? Number.NaN))).toBeLessThan(0.01);
      expect(variance).toBeGreaterThan(0);
      expect(Math.sqrt(variance)).toBeLessThan(0.05);
    }
    expect(law.probability).toBeGreaterThan(0.5);
  });

  it("does not depend on the order of the sizes", () => {
    const samples = drawn(heavyOutliers, 6, 3);
    const [given, reversed] = [sharedLaw(samples), sharedLaw(samples.toReversed())];
    expect(reversed.probability).toBeCloseTo(given.probability, 9);
    for (const [size, { logMean, variance }] of reversed.sizes.toReversed().entries()) {
      expect(logMean).toBeCloseTo(given.sizes[size]?.logMean ?? Number.NaN, 6);
      expect(variance).toBeCloseTo(given.sizes[size]?.variance ?? Number.NaN, 9);
    }
  });

  it.each([
    ["all calls take longer", () => 4],
    ["calls take the longer, the less memory there is", (octaves: number) => 4 - 0.9 * octaves],
  ])("moves the means, and nothing else, when %s", (_, longer) => {
    const samples = drawn(twoPeaks, 6, 2);
    const before = sharedLaw(samples);
    const after = sharedLaw(
      samples.map(({ octaves, values, guess }) => ({
        octaves,
        values: values.map((value) => value + longer(octaves)),
        guess: guess + longer(octaves),
      })),
    );
    for (const [size, { logMean, variance }] of after.sizes.entries()) {
      const moved = longer(samples[size]?.octaves ?? Number.NaN);
      expect(logMean - moved).toBeCloseTo(before.sizes[size]?.logMean ?? Number.NaN, 6);
      expect(variance).toBeCloseTo(before.sizes[size]?.variance ?? Number.NaN, 9);
    }
    expect(after.probability).toBeCloseTo(before.probability, 9);
  });

  it("thinks one law the less probable where slow calls come at small sizes only", () => {
    const random = seededGenerator(5);
    const slowIfSmall = shifts.map(([octaves, shift]) =>
      sampleOf(
        octaves,
        Array.from({ length: 30 }, () => shift + (octaves < 0 && random() < 0.3 ? 1.5 : 0.1 * random())),
      ),
    );
    expect(sharedLaw(slowIfSmall).probability).toBeLessThan(0.1);
    expect(sharedLaw(drawn(heavyOutliers, 30, 5)).probability).toBeGreaterThan(0.4);
  });

  const million = Math.log(1e6);
  it.each<[string, LawSample[]]>([
    ["one size", [sampleOf(0, [5, 5.1, 5.05])]],
    ["one value", [sampleOf(0, [5])]],
    ["one value of each size", shifts.map(([octaves, shift]) => sampleOf(octaves, [shift]))],
    ["sizes that differ by a factor of a million", [sampleOf(-1, [million, million + 0.1]), sampleOf(0, [0, 0.1])]],
    [
      "calls that differ by a factor of a million",
      [sampleOf(-1, [0, million, 0.1, million]), sampleOf(0, [0, 0.1, 0.2, million]), sampleOf(1, [million])],
    ],
  ])("is finite, with a variance above 0, for %s", (_, samples) => {
    const law = sharedLaw(samples);
    expect(notFinite(law)).toEqual([]);
    expect(law.sizes).toHaveLength(samples.length);
    for (const { variance } of law.sizes) expect(variance).toBeGreaterThan(0);
  });

  it("has the mean of its values, where there is one size", () => {
    const { sizes } = sharedLaw([sampleOf(0, [5, 5.1, 5.05, 6])]);
    expect(sizes[0]?.logMean).toBeCloseTo(plainLogMeans([sampleOf(0, [5, 5.1, 5.05, 6])])[0] ?? Number.NaN, 9);
  });
});
