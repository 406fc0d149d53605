import { describe, expect, it } from "vitest";
import type { SizeMeasurement } from "../../../core/run/measurement.ts";
import { adaptiveRound } from "../../../core/sampling/adaptive-round.ts";
import type { Job, SamplingContext } from "../../../core/sampling/decision.ts";
import { allowanceOf, presets } from "../../../core/sampling/presets.ts";
import { failedSize, measuredSize } from "./measured-size.ts";
import { samplingContext } from "./sampling-context.ts";
import { simulatedFunction, simulatedRun } from "./simulated-run.ts";

const context = samplingContext();
const jobsOf = (given: SamplingContext, sizes: readonly SizeMeasurement[], round: number): readonly Job[] => {
  const decision = adaptiveRound(given, sizes, round);
  return decision.kind === "measure" ? decision.jobs : [];
};
const sizesOf = (jobs: readonly Job[]): number[] => jobs.map(({ memorySizeMb }) => memorySizeMb);
const calls = (count: number, durationMs: number): number[] =>
  Array.from({ length: count }, (_, call) => durationMs * (1 + 0.01 * ((call % 3) - 1)));

describe("the first round", () => {
  it("measures the anchors of the preset and the current size, each a few times in one environment", () => {
    expect(jobsOf(samplingContext({}, { currentMb: 3008 }), [], 0)).toEqual(
      [...presets.standard.anchorsMb, 3008].map((memorySizeMb) => ({ memorySizeMb, warm: 3, cold: 0, lanes: 1 })),
    );
  });

  it("sends every payload that matters", () => {
    for (const { warm } of jobsOf({ ...context, payloadShares: [0.8, 0.2] }, [], 0)) expect(warm).toBe(5);
  });

  it("forces the cold starts that the request asks for", () => {
    for (const { cold } of jobsOf(samplingContext({ sampling: { coldStarts: 2 } }), [], 0)) expect(cold).toBe(2);
  });

  it("ends where there is no size to measure", () => {
    const none = samplingContext({ memory: { sizesMb: [4096] } }, { maxMb: 3008 });
    expect(adaptiveRound(none, [], 0)).toEqual({ kind: "done", reason: "no-usable-size" });
  });
});

describe("further rounds", () => {
  // Bound by I/O: the less memory, the cheaper, down to a floor of 336 MB.
  const used = { maxMemoryUsedMb: 299 };
  const io = (count: number, ...sizesMb: readonly number[]) =>
    sizesMb.map((mb) => measuredSize(mb, calls(count, 500), used));

  it("look where the charge is lowest, never below the memory floor", () => {
    const sizes = sizesOf(jobsOf(context, io(4, 512, 1024, 1769), 1));
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(335);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(512);
  });

  it("end when no further call is likely to find a better size", () => {
    expect(adaptiveRound(context, io(15, 336, 380, 440, 512, 1024, 1769), 4)).toEqual({
      kind: "done",
      reason: "converged",
    });
  });

  it("give the best size the calls that a winner must have had", () => {
    // Slower than CPU explains below 1 GB, bound by I/O above.
    const steep = (mb: number): number => 500 * (1024 / Math.min(1024, mb)) ** 1.3;
    const sizes = [512, 720, 880, 1024, 1200, 1769].map((mb) =>
      measuredSize(mb, calls(mb === 1024 ? 3 : 15, steep(mb))),
    );
    const [job, ...others] = jobsOf(context, sizes, presets.standard.rounds - 1);
    expect(others).toEqual([]);
    expect(job).toMatchObject({ memorySizeMb: 1024, cold: 0, lanes: 1 });
    expect(3 + (job?.warm ?? 0)).toBeGreaterThanOrEqual(presets.standard.finalCalls.least);
  });

  it("race sizes that samples cannot tell apart", () => {
    const noisy = (mean: number): number[] => [0.5, 1.6, 0.7, 1.2].map((factor) => factor * mean);
    const sizes = [
      measuredSize(512, noisy(500), used),
      measuredSize(800, noisy(280), used),
      measuredSize(1769, noisy(500), used),
    ];
    // Two rounds are kept for racing.
    const jobs = jobsOf(samplingContext({ memory: { sizesMb: [512, 800, 1769] } }), sizes, presets.standard.rounds - 2);
    expect(sizesOf(jobs)).toEqual(expect.arrayContaining([512, 800]));
    for (const { warm } of jobs) expect(warm).toBeGreaterThanOrEqual(3);
    expect(sizesOf(jobs)).not.toContain(1769);
  });

  it("end at the preset's rounds, and say so while something is left to settle", () => {
    const sizes = io(3, 512, 1024, 1769);
    expect(jobsOf(context, sizes, presets.standard.rounds - 1)).not.toEqual([]);
    expect(adaptiveRound(context, sizes, presets.standard.rounds)).toEqual({ kind: "done", reason: "round-limit" });
  });

  it("keep within the preset's invocations, cold starts of new sizes included", () => {
    const anchors = [192, 512, 1024, 1769];
    const left = (spare: number): SizeMeasurement[] =>
      anchors.map((mb, index) => ({
        ...measuredSize(mb, calls(4, 512_000 / Math.min(512, mb))),
        invocations: index === 0 ? presets.standard.invocations - spare - 15 : 5,
      }));
    const needed = (spare: number): number =>
      jobsOf(context, left(spare), 2).reduce(
        (sum, { memorySizeMb, warm }) => sum + warm + (anchors.includes(memorySizeMb) ? 0 : 1),
        0,
      );
    const wanted = needed(60);
    expect(wanted).toBeGreaterThan(7);
    for (const spare of [wanted - 1, 7, 6, 5]) {
      expect(needed(spare)).toBeLessThanOrEqual(spare);
      expect(needed(spare)).toBeGreaterThan(0);
    }
    expect(adaptiveRound(context, left(1), 2)).toEqual({ kind: "done", reason: "invocation-limit" });
    expect(adaptiveRound(context, left(0), 2)).toEqual({ kind: "done", reason: "invocation-limit" });
    const { rounds } = presets.standard;
    expect(adaptiveRound(context, left(1), rounds)).toEqual({ kind: "done", reason: "round-limit" });
  });

  it.each(["cost", "speed"])(
    "do not count cold starts that the request forces against the preset's, for %s",
    (kind) => {
      const slower = simulatedFunction({
        durationMs: (mb, _payload, position) => 50 + (200 * (0.9 + 0.2 * position) * 1769) / Math.min(1769, mb),
      });
      const runOf = (coldStarts: number) =>
        simulatedRun(samplingContext({ objective: kind, sampling: { coldStarts } }), slower);
      const { context: asked, jobs, stopped, invocations } = runOf(30);
      expect(stopped).toBe(runOf(0).stopped);
      expect(jobs.length).toBeGreaterThan(2);
      const forced = jobs.flat().reduce((total, { cold }) => total + cold, 0);
      expect(forced).toBe(30 * new Set(sizesOf(jobs.flat())).size);
      expect(invocations - forced).toBeLessThanOrEqual(allowanceOf(asked).invocations);
    },
  );

  it("measure no size outside of a list", () => {
    const list = samplingContext({ memory: { sizesMb: [400, 512, 1024, 1769, 2048, 3008, 4096] } });
    for (const size of sizesOf(jobsOf(list, io(3, 512, 1024, 1769), 1))) {
      expect([400, 512, 1024, 1769, 2048, 3008, 4096]).toContain(size);
    }
  });
});

describe("sizes that fail", () => {
  it.each(["out-of-memory", "timed-out"] as const)("all but the largest, %s: larger ones are tried", (outcome) => {
    const sizes = [
      ...[192, 512, 1024].map((mb) => failedSize(mb, outcome)),
      measuredSize(1769, calls(4, 500), { maxMemoryUsedMb: 1500 }),
    ];
    const tried = sizesOf(jobsOf(context, sizes, 1));
    expect(tried.length).toBeGreaterThan(0);
    // 12 % of headroom over 1,500 MB.
    for (const size of tried) expect(size).toBeGreaterThanOrEqual(1680);
  });

  it("all of them: larger ones are tried until there is none", () => {
    const sizes = [192, 512, 1024, 1769].map((mb) => failedSize(mb, "out-of-memory"));
    for (const size of sizesOf(jobsOf(context, sizes, 1))) expect(size).toBeGreaterThan(1769);
    expect(jobsOf(context, sizes, 1)).not.toEqual([]);
    const small = samplingContext({}, { maxMb: 1769 });
    expect(adaptiveRound(small, sizes, 1)).toEqual({ kind: "done", reason: "no-usable-size" });
  });

  it("of a list: its larger members are tried, then sampling ends with what ran", () => {
    const list = samplingContext({ memory: { sizesMb: [256, 512, 1024, 3008] } });
    const failed = [256, 512, 1024].map((mb) => failedSize(mb, "out-of-memory"));
    expect(sizesOf(jobsOf(list, failed, 1))).toEqual([3008]);
    const one = [...failed, measuredSize(3008, calls(4, 500), { maxMemoryUsedMb: 1200 })];
    expect(adaptiveRound(list, one, 2)).toEqual({ kind: "done", reason: "converged" });
  });
});
