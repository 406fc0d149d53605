import { describe, expect, it } from "vitest";
import { type Estimates, estimateSizes } from "../../../core/sampling/estimate-sizes.ts";
import { hostSd, nuggetSd, roundSd } from "../../../core/sampling/platform-noise.ts";
import { cellsOf, type Reading, readingGroups } from "../../../core/sampling/readings.ts";
import { measuredSize, observed, type WarmCall } from "./measured-size.ts";

const noise = [1, 0.98, 1.02, 1.01, 0.99, 1];

/** Calls of a duration, give or take 2 %, as many in each of the rounds. */
const calls = (durationMs: number, rounds: readonly number[]): WarmCall[] =>
  rounds.flatMap((round) => noise.map((factor) => ({ durationMs: factor * durationMs, round })));

const estimatesOf = (...sizes: readonly (readonly [memoryMb: number, warm: readonly WarmCall[]])[]): Estimates =>
  estimateSizes(observed(...sizes.map(([mb, warm]) => measuredSize(mb, warm))), [1]);

/** 512 MB in rounds 1 and 2, 1,024 MB in round 2, 1,769 MB in round 3. */
const alike = estimatesOf([512, calls(800, [1, 2])], [1024, calls(400, [2])], [1769, calls(300, [3])]);
/** Below 1 GB every third call takes eight times as long. */
const harmed = (durationMs: number): WarmCall[] =>
  calls(durationMs, [1, 2, 3, 4, 5]).map((call, index) =>
    index % 3 === 0 && typeof call !== "number" ? { ...call, durationMs: 8 * call.durationMs } : call,
  );
const unlike = estimatesOf(
  [256, harmed(1600)],
  [512, harmed(800)],
  [1024, calls(400, [1, 2, 3, 4, 5])],
  [1769, calls(300, [1, 2, 3, 4, 5])],
);

const groupsOf = (estimates: Estimates) => readingGroups(estimates, cellsOf(estimates));
const firstReading = (estimates: Estimates): Reading => {
  const reading = groupsOf(estimates)[0]?.readings[0];
  if (reading === undefined) throw new RangeError("Expected a reading.");
  return reading;
};

describe("cellsOf", () => {
  it("is a cell for each round of each size, that knows its size", () => {
    expect(cellsOf(alike).map(({ index, round, n }) => [index, round, n])).toEqual([
      [0, 1, 6],
      [0, 2, 6],
      [1, 2, 6],
      [2, 3, 6],
    ]);
  });
});

describe("readingGroups", () => {
  it.each([
    ["alike", alike],
    ["unlike", unlike],
    ["of one size", estimatesOf([512, [100]])],
  ])("have probabilities that sum to about 1: sizes %s", (_, estimates) => {
    const sum = groupsOf(estimates).reduce((total, { probability }) => total + probability, 0);
    expect(sum).toBeGreaterThan(0.95);
    expect(sum).toBeLessThan(1 + 1e-9);
  });

  it("read every size by itself, by each belief about the tail, in one group", () => {
    const [own, ...shared] = groupsOf(alike);
    expect(own?.probability).toBeCloseTo(1 - alike.sharedProbability, 12);
    expect(own?.readings.map(({ weight }) => weight)).toEqual(alike.tail.beliefs.map(({ weight }) => weight));
    expect(shared.length).toBeGreaterThan(1);
    for (const { readings } of shared) expect(readings).toHaveLength(1);
  });

  it("leave out the law that sizes share where it is not probable", () => {
    expect(unlike.sharedProbability).toBeLessThan(0.01);
    expect(groupsOf(unlike)).toHaveLength(1);
    // The same samples, were the law probable.
    expect(groupsOf({ ...unlike, sharedProbability: 0.5 }).length).toBeGreaterThan(1);
  });

  it("leave out each size's own reading where the law is certain", () => {
    const certain = groupsOf({ ...alike, sharedProbability: 1 });
    expect(certain.every(({ readings }) => readings.length === 1)).toBe(true);
  });

  it("give the rounds of a size different values by themselves, the same where sizes share a law", () => {
    const drifting = estimatesOf([512, [...calls(800, [1]), ...calls(880, [2])]], [1024, calls(400, [2])]);
    const [own, shared] = [0, 1].map((sharedProbability) => firstReading({ ...drifting, sharedProbability }).values);
    const { logMean } = drifting.sizes[0]?.shared ?? {};
    expect((own?.[1] ?? 0) - (own?.[0] ?? 0)).toBeCloseTo(Math.log(1.1), 2);
    expect(shared?.slice(0, 2)).toEqual([logMean, logMean]);
  });

  it("take from beliefs that sizes differ in their tails only the difference, where sizes share a law", () => {
    const { sizes, tail } = unlike;
    const beliefs = tail.beliefs.map((belief) => ({ ...belief, weight: 1 / tail.beliefs.length }));
    const groups = groupsOf({ ...unlike, sharedProbability: 1, tail: { ...tail, beliefs } });
    expect(groups).toHaveLength(beliefs.length);
    for (const [at, belief] of beliefs.entries()) {
      const values = groups[at]?.readings[0]?.values ?? [];
      const firstOf = (size: number): number => values[cellsOf(unlike).findIndex(({ index }) => index === size)] ?? 0;
      const over = (of: (size: number) => number): number => of(0) + of(1) + of(2) + of(3);
      expect(over(firstOf)).toBeCloseTo(
        over((size) => sizes[size]?.shared.logMean ?? 0),
        9,
      );
      const between = (of: (size: number) => number): number => of(0) - of(3);
      const expected = between((size) => sizes[size]?.shared.logMean ?? 0);
      const added = belief.isAlike ? 0 : between((size) => belief.logFactors[size] ?? 0);
      expect(between(firstOf)).toBeCloseTo(expected + added, 9);
    }
  });

  describe("have noise", () => {
    const noiseOf = (factor: number, reading = firstReading(alike)): number[][] =>
      reading.noiseOf(factor).map((row) => [...row]);

    it("in which the rounds of a size have its environments and its tail in common", () => {
      const shared = noiseOf(1)[0]?.[1] ?? 0;
      const [belief] = alike.tail.beliefs;
      const own = (alike.sizes[0]?.ownVarianceWith(0) ?? 0) + (belief?.varianceWith(0, 0) ?? 0);
      expect(shared).toBeCloseTo(own + hostSd ** 2, 12);
      expect(shared).toBeGreaterThan(hostSd ** 2);
    });

    it("in which sizes of a round have the time of day in common, and those of different rounds nothing", () => {
      expect(noiseOf(1)[1]?.[2]).toBeCloseTo(roundSd ** 2, 15);
      for (const [row, column] of [
        [0, 2],
        [0, 3],
        [1, 3],
        [2, 3],
      ] as const) {
        expect(noiseOf(1)[row]?.[column]).toBe(0);
      }
    });

    it("of its own that grows by a factor, and nothing else does", () => {
      const [once, thrice] = [noiseOf(1), noiseOf(3)];
      for (const [row, cell] of cellsOf(alike).entries()) {
        for (const [column, value] of (once[row] ?? []).entries()) {
          const more = row === column ? 2 * cell.variance : 0;
          expect(thrice[row]?.[column]).toBeCloseTo(value + more, 15);
        }
        const inCommon = (once[row]?.[row] ?? 0) - cell.variance - nuggetSd ** 2 - roundSd ** 2;
        expect(inCommon).toBeGreaterThanOrEqual(hostSd ** 2 - 1e-15);
      }
    });

    it("that is the law's where sizes share one, spread over the rounds by their calls", () => {
      const group = groupsOf({ ...alike, sharedProbability: 1 })[0]?.readings[0];
      const [once, twice] = [noiseOf(1, group), noiseOf(2, group)];
      for (const [at, { index, n }] of cellsOf(alike).entries()) {
        const { shared, n: all } = alike.sizes[index] ?? { shared: { variance: 0 }, n: 0 };
        const grown = (twice[at]?.[at] ?? 0) - (once[at]?.[at] ?? 0);
        expect(grown).toBeCloseTo((shared.variance * all) / n, 12);
      }
    });
  });

  it("have environments that average out", () => {
    const spread = estimatesOf([
      512,
      calls(800, [1, 2]).map((call, lane) => ({ ...(call as object), lane: lane % 4, durationMs: 800 })),
    ]);
    expect(spread.sizes[0]?.environments).toBe(4);
    const own = (spread.sizes[0]?.ownVarianceWith(0) ?? 0) + (spread.tail.beliefs[0]?.varianceWith(0, 0) ?? 0);
    expect(firstReading(spread).noiseOf(1)[0]?.[1]).toBeCloseTo(own + hostSd ** 2 / 4, 12);
  });
});
