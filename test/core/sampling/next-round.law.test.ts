import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syntheticPopulation } from "../../../bench/sampling/populations/synthetic.ts";
import { chooseSize } from "../../../core/recommendation/choose-size.ts";
import { parseRequest } from "../../../core/request/parse-request.ts";
import type { SamplingContext } from "../../../core/sampling/decision.ts";
import { memoryFloorMb } from "../../../core/sampling/memory-floor.ts";
import { nextRound } from "../../../core/sampling/next-round.ts";
import { observeSizes } from "../../../core/sampling/observe-sizes.ts";
import { presets } from "../../../core/sampling/presets.ts";
import { spendSoFar } from "../../../core/sampling/spend.ts";
import { samplingContext } from "./sampling-context.ts";
import { notFinite, simulatedFunction, type SimulatedRun, simulatedRun } from "./simulated-run.ts";

/** One function of each family, of a population that is not the benchmark's. */
const population = syntheticPopulation(20_261, 10);

const runsOf = (request: object, functions = population): SimulatedRun[] =>
  functions.map((simulated) =>
    simulatedRun(
      samplingContext(request, { currentMb: simulated.currentMb, payloadShares: simulated.payloadShares }),
      simulated,
    ),
  );

const sizesOf = ({ jobs }: SimulatedRun): number[] => jobs.flat().map(({ memorySizeMb }) => memorySizeMb);

const standard = runsOf({});
const every = [
  ...standard,
  ...runsOf({ sampling: { preset: "quick" } }),
  ...runsOf({ sampling: { preset: "thorough" }, objective: { kind: "balanced", weight: 0.3 } }, population.slice(0, 4)),
];

describe("a run of any preset", () => {
  it("ends within its rounds and invocations", () => {
    for (const { context, jobs, invocations } of every) {
      const { rounds, invocations: most } = presets[context.sampling.preset];
      expect(jobs.length).toBeLessThanOrEqual(rounds);
      expect(invocations).toBeLessThanOrEqual(most);
    }
  });

  it("measures whole megabytes within the platform's limits, some size of every round, none twice in a round", () => {
    for (const { jobs } of every) {
      for (const round of jobs) {
        const sizes = round.map(({ memorySizeMb }) => memorySizeMb);
        expect(sizes.length).toBeGreaterThan(0);
        expect(new Set(sizes).size).toBe(sizes.length);
        for (const { memorySizeMb, warm, cold, lanes } of round) {
          expect(Number.isInteger(memorySizeMb) && memorySizeMb >= 128 && memorySizeMb <= 10_240).toBe(true);
          expect([Number.isInteger(warm) && warm >= 1, cold, lanes]).toEqual([true, 0, 1]);
        }
      }
    }
  });

  it("neither tries nor recommends a size under the memory floor once the floor is known", () => {
    for (const { steps, measurements, choice } of every) {
      for (const { measurements: known, decision } of steps.slice(1)) {
        const floorMb = memoryFloorMb(observeSizes(known));
        const sizes = decision.kind === "measure" ? decision.jobs.map(({ memorySizeMb }) => memorySizeMb) : [floorMb];
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(floorMb);
      }
      expect(choice?.memorySizeMb).toBeGreaterThanOrEqual(memoryFloorMb(observeSizes(measurements)));
    }
  });

  it("recommends a size that it measured", () => {
    for (const { measurements, choice } of every) {
      const measured = measurements.filter(({ outcome }) => outcome === "measured");
      expect(measured.map(({ memorySizeMb }) => memorySizeMb)).toContain(choice?.memorySizeMb);
      for (const tied of choice?.tiedWithMb ?? []) expect(tied).not.toBe(choice?.memorySizeMb);
    }
  });

  it("says nothing that is not a number, and intervals that hold what they are of", () => {
    for (const { steps, choice } of every) {
      expect(notFinite(steps.map(({ decision }) => decision))).toEqual([]);
      expect(notFinite(choice)).toEqual([]);
      expect(choice?.regretBoundPercent?.value).toBeGreaterThanOrEqual(0);
      const { expected = 0, interval } = choice?.chargePerMillionUsd ?? {};
      expect(interval?.lower).toBeGreaterThan(0);
      expect(interval?.lower).toBeLessThanOrEqual(expected);
      expect(interval?.upper).toBeGreaterThanOrEqual(expected);
    }
  });
});

describe("a decision", () => {
  it("follows from its arguments: read back from JSON in another order, they give the same", () => {
    for (const { context, steps, measurements, stopped, choice } of standard) {
      const again = JSON.parse(JSON.stringify(context));
      for (const [round, { measurements: known, decision }] of steps.entries()) {
        expect(nextRound(again, JSON.parse(JSON.stringify(known.toReversed())), round)).toEqual(decision);
      }
      expect(chooseSize(again, JSON.parse(JSON.stringify(measurements.toReversed())), stopped)).toEqual(choice);
    }
  });

  it("leaves its arguments as they were", () => {
    const [run] = standard;
    const step = run?.steps.at(-1);
    const before = JSON.stringify([run?.context, step?.measurements]);
    const frozen = (step?.measurements ?? []).map((measurement) => Object.freeze(measurement));
    if (run !== undefined) nextRound(Object.freeze(run.context), Object.freeze(frozen), 3);
    expect(JSON.stringify([run?.context, step?.measurements])).toBe(before);
  });
});

describe("a request", () => {
  const byCpu = simulatedFunction({
    durationMs: (memoryMb, _payload, position) => (200_000 / Math.min(1769, memoryMb)) * (0.9 + 0.2 * position),
    hostSd: 0.02,
  });
  /** Every setting of memory, and the few of sampling that shape rounds. */
  const size = fc.integer({ min: 128, max: 10_240 });
  const memory = fc.oneof(
    fc.uniqueArray(size, { minLength: 1, maxLength: 12 }).map((sizesMb) => ({ sizesMb })),
    fc.tuple(size, size).map(([a, b]) => ({ minMb: Math.min(a, b), maxMb: Math.max(a, b) })),
    fc
      .tuple(fc.integer({ min: 128, max: 2000 }), fc.integer({ min: 0, max: 8000 }), fc.integer({ min: 130, max: 900 }))
      .map(([minMb, width, stepMb]) => ({ minMb, maxMb: minMb + width, stepMb })),
  );
  const isAllowed = (allowed: SamplingContext["memory"], mb: number): boolean =>
    "sizesMb" in allowed
      ? allowed.sizesMb.includes(mb)
      : mb >= allowed.minMb && mb <= allowed.maxMb && (mb - allowed.minMb) % (allowed.stepMb ?? 1) === 0;
  const preset = fc.constantFrom("quick", "standard");
  const budget = fc.record({ maxInvocations: fc.integer({ min: 2, max: 150 }) }, { requiredKeys: [] });
  const coldStarts = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 }));

  it("is kept: its sizes, the account's largest one, and its invocations", () => {
    fc.assert(
      fc.property(memory, preset, budget, coldStarts, size, size, (sizes, name, limits, cold, currentMb, maxMb) => {
        const request = { memory: sizes, sampling: { preset: name, coldStarts: cold }, budget: limits };
        const run = simulatedRun(samplingContext(request, { currentMb, maxMb }), byCpu);
        const allowed = parseRequest({ functionArn: "f", ...request }).request.memory;
        expect(sizesOf(run).filter((mb) => mb > maxMb || !isAllowed(allowed, mb))).toEqual([]);
        expect(run.invocations).toBeLessThanOrEqual(limits.maxInvocations ?? 5000);
        expect(run.choice === undefined).toBe(run.measurements.length === 0);
        expect(notFinite(run.choice)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("is kept in dollars: no round begins that would exceed them by what calls have cost so far", () => {
    // The same charge at every size, so that what is foreseen is what it comes to.
    const even = simulatedFunction({ durationMs: (memoryMb) => Math.round(1_024_000 / memoryMb), initMs: 0 });
    fc.assert(
      fc.property(fc.double({ min: 5, max: 60, noNaN: true }), preset, (calls, name) => {
        const maxUsd = calls * (0.0000166667 + 0.0000002);
        const run = simulatedRun(samplingContext({ budget: { maxUsd }, sampling: { preset: name } }), even);
        // The first round is foreseen by its fees alone: Measure holds it.
        const later = run.jobs.length > 1;
        const { chargeUsd } = spendSoFar(observeSizes(run.measurements), run.context);
        const allowance = later ? 1.3 * maxUsd : Number.POSITIVE_INFINITY;
        expect(chargeUsd).toBeLessThanOrEqual(allowance);
        for (const { measurements, decision } of run.steps.slice(1)) {
          const spent = spendSoFar(observeSizes(measurements), run.context).chargeUsd;
          expect(decision.kind === "done" || spent < maxUsd).toBe(true);
        }
      }),
      { numRuns: 12 },
    );
  });
});
