import { describe, expect, it } from "vitest";
import { clearingCalls } from "../../../core/sampling/clearing-value.ts";
import { candidateSizes } from "../../../core/sampling/candidate-sizes.ts";
import { estimateSizes } from "../../../core/sampling/estimate-sizes.ts";
import type { ExplorationState } from "../../../core/sampling/exploration-state.ts";
import { explore } from "../../../core/sampling/explore.ts";
import { finalRace } from "../../../core/sampling/final-race.ts";
import { presets } from "../../../core/sampling/presets.ts";
import { measuredSize, observed, times } from "./measured-size.ts";
import { samplingContext } from "./sampling-context.ts";

const calls = (count: number, durationMs: number): number[] =>
  Array.from({ length: count }, (_, call) => durationMs * (1 + 0.01 * ((call % 3) - 1)));

/** Bound by one CPU up to 512 MB, by I/O above: 512 MB is the cheapest of the anchors, by far. */
const anchored = [192, 512, 1024, 1769].map((mb) => measuredSize(mb, calls(4, 512_000 / Math.min(512, mb))));

const stateOf = (sizes = anchored, facts: Partial<ExplorationState> = {}): ExplorationState => {
  const context = facts.context ?? samplingContext();
  const floorMb = facts.floorMb ?? 128;
  return {
    context,
    preset: presets.standard,
    estimates: estimateSizes(observed(...sizes), [1]),
    floorMb,
    calls: 4,
    finalCalls: 6,
    impatience: 1,
    strictImpatience: 1,
    untried: candidateSizes(context, floorMb).filter((mb) => sizes.every((size) => size.memorySizeMb !== mb)),
    ...facts,
  };
};

describe("explore", () => {
  const distance = (a: number, b: number): number => Math.abs(Math.log2(a / b));

  it("picks sizes where the charge may be lower, up to the preset's number", () => {
    const sizes = explore(stateOf()).map(({ memorySizeMb }) => memorySizeMb);
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.length).toBeLessThanOrEqual(presets.standard.sizesPerRound);
    for (const size of sizes) expect(size).toBeLessThan(1024);
  });

  it("picks neither neighbours nor what lies beside a measured size, however much it may pick", () => {
    const eager = { ...presets.standard, sizesPerRound: 20, threshold: 1e-9 };
    const sizes = explore(stateOf(anchored, { preset: eager })).map(({ memorySizeMb }) => memorySizeMb);
    expect(sizes.length).toBeGreaterThan(5);
    for (const [index, size] of sizes.entries()) {
      for (const other of sizes.slice(index + 1)) expect(distance(size, other)).toBeGreaterThanOrEqual(0.25);
      const others = anchored.map(({ memorySizeMb }) => memorySizeMb).filter((mb) => mb !== size);
      for (const known of others) expect(Math.abs(Math.log(known / size))).toBeGreaterThan(0.06);
    }
  });

  it("measures new sizes with the cold starts asked for, and known ones without", () => {
    const context = samplingContext({ sampling: { coldStarts: 3 } });
    const fresh = explore(stateOf(anchored, { context })).filter(({ memorySizeMb }) =>
      anchored.every((size) => size.memorySizeMb !== memorySizeMb),
    );
    expect(fresh).not.toEqual([]);
    for (const job of fresh) expect(job).toMatchObject({ warm: 4, cold: 3, lanes: 1 });
    const noisy = (mean: number): number[] => [0.5, 1.7, 0.7, 1.1].map((factor) => factor * mean);
    // Sizes above 1 GB: smaller ones are given more calls, for what memory pressure they might have.
    const close = [measuredSize(1100, noisy(100)), measuredSize(1720, noisy(56)), measuredSize(6464, noisy(100))];
    const again = explore(stateOf(close, { context, untried: [], preset: { ...presets.standard, threshold: 1e-6 } }));
    expect(again).not.toEqual([]);
    for (const job of again) expect(job).toMatchObject({ warm: 4, cold: 0, lanes: 1 });
  });

  describe("where a small size was called a few times", () => {
    /** The small size's charge over that of a larger one that was called often; both are the only choices. */
    const jobsAt = (charge: number, [smallMb, largeMb] = [192, 512]) => {
      const sizes = [
        measuredSize(smallMb, calls(4, (charge * largeMb * 400) / smallMb)),
        measuredSize(largeMb, calls(60, 400)),
      ];
      return explore(stateOf(sizes, { untried: [] }));
    };

    it("asks for the calls that clear it of memory pressure, if it would be the cheapest but for that", () => {
      expect(jobsAt(0.97)).toEqual([{ memorySizeMb: 192, warm: clearingCalls, cold: 0, lanes: 1 }]);
    });

    it("asks for none of them if it is expensive anyway", () => {
      expect(jobsAt(2)).toEqual([]);
    });

    it("asks for none of them above 1 GB", () => {
      for (const { warm } of jobsAt(0.97, [1200, 3200])) expect(warm).toBe(4);
    });
  });

  it("picks nothing below the memory floor", () => {
    const picked = explore(stateOf(anchored, { floorMb: 450 }));
    expect(picked).not.toEqual([]);
    for (const { memorySizeMb } of picked) expect(memorySizeMb).toBeGreaterThanOrEqual(450);
  });

  it("picks nothing when nothing is worth its cost any more", () => {
    expect(explore(stateOf(anchored, { impatience: 1000 }))).toEqual([]);
  });

  it("picks fewer sizes the more impatient it is", () => {
    const counts = [1, 3, 10, 30, 100].map((impatience) => explore(stateOf(anchored, { impatience })).length);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });

  it("looks for duration where charge weighs nothing", () => {
    const speed = samplingContext({ objective: { kind: "balanced", weight: 1 } });
    const cpu = [192, 512, 1024].map((mb) => measuredSize(mb, calls(4, 1e6 / mb)));
    for (const { memorySizeMb } of explore(stateOf(cpu, { context: speed })))
      expect(memorySizeMb).toBeGreaterThan(1024);
  });
});

describe("finalRace", () => {
  const race = (sizes = anchored, facts: Partial<ExplorationState> = {}) =>
    finalRace(stateOf(sizes, facts)).map(({ memorySizeMb, warm }) => [memorySizeMb, warm]);
  const many = [192, 512, 1024, 1769].map((mb) => measuredSize(mb, calls(20, 512_000 / Math.min(512, mb))));

  it("is over when the best size is clear and has had its calls", () => {
    expect(race(many.slice(1))).toEqual([]);
  });

  it("gives a clear winner the calls that it lacks", () => {
    expect(race(many.slice(1), { finalCalls: 25 })).toEqual([[512, 5]]);
  });

  it("races the best size against those that might beat it, by calls in the environments that they have", () => {
    const noisy = (mean: number) =>
      [0.5, 1.7, 0.7, 1.1].map((factor, lane) => ({ durationMs: factor * mean, lane: lane % 2 }));
    const close = [measuredSize(512, noisy(100)), measuredSize(800, noisy(56)), measuredSize(3008, noisy(100))];
    const jobs = finalRace(stateOf(close));
    expect(jobs.map(({ memorySizeMb }) => memorySizeMb).toSorted((a, b) => a - b)).toEqual([512, 800]);
    for (const job of jobs) expect(job).toMatchObject({ warm: 4, cold: 0, lanes: 2 });
  });

  it("adds at most eight calls to a size at once", () => {
    const noisy = (mean: number) => [...times(10, 0.4 * mean), ...times(10, 1.6 * mean)];
    for (const [, warm] of race([measuredSize(512, noisy(100)), measuredSize(800, noisy(56))])) expect(warm).toBe(8);
    expect(race([measuredSize(512, noisy(100)), measuredSize(800, noisy(56))])).toHaveLength(2);
  });

  it("leaves out sizes below the memory floor", () => {
    const sizes = race(anchored, { floorMb: 600 }).map(([size]) => size);
    expect(sizes).toContain(1024);
    for (const size of sizes) expect(size).toBeGreaterThanOrEqual(600);
    expect(race(anchored, { floorMb: 5000 })).toEqual([]);
  });

  it("gives up on what is not worth it any more, but for the winner's calls", () => {
    const noisy = (mean: number) => [0.5, 1.7, 0.7, 1.1].map((factor) => factor * mean);
    const close = [measuredSize(512, noisy(100)), measuredSize(800, noisy(56))];
    expect(race(close, { impatience: 1e6, finalCalls: 6 })).toHaveLength(1);
  });
});
