import { describe, expect, it } from "vitest";
import { encodeSamples } from "../../core/invocation/sample-codec.ts";
import type { Sample } from "../../core/invocation/sample.ts";
import type { SizeMeasurement } from "../../core/run/measurement.ts";
import { handler as analyze } from "../../functions/analyze.ts";
import type { ExecutionState } from "../../functions/execution-state.ts";
import { startAccount } from "./function-call.ts";

const context = { getRemainingTimeInMillis: () => 60_000 };

const sample = (facts: Partial<Sample> = {}): Sample => ({
  durationMs: 100,
  billedMs: 100,
  cold: false,
  status: "ok",
  lane: 0,
  payload: 0,
  round: 1,
  ...facts,
});

const measurement = (memorySizeMb: number, facts: Partial<SizeMeasurement> = {}): SizeMeasurement => ({
  memorySizeMb,
  outcome: "measured",
  samples: encodeSamples([sample({ cold: true, initMs: 50, billedMs: 150 }), sample(), sample(), sample(), sample()]),
  errors: [],
  invocations: 5,
  throttles: 0,
  ...facts,
});

const planned = async (request: Record<string, unknown> = {}): Promise<ExecutionState> => {
  const account = await startAccount();
  return account.plan({ memory: { sizesMb: [256, 1024] }, ...request });
};

const measured = (state: ExecutionState, measurements: readonly SizeMeasurement[]): ExecutionState => ({
  ...state,
  provisioned: {
    versions: [
      { memorySizeMb: 256, version: "1" },
      { memorySizeMb: 1024, version: "2" },
    ],
    unavailable: [],
    finished: true,
    calls: 1,
    tunerGbSeconds: 0.5,
  },
  measured: measurements.map((each) => ({ measurement: each, calls: 1, tunerGbSeconds: 0.25 })),
});

describe("Analyze", () => {
  it("ends a fixed run after its round, and folds the round into the state", async () => {
    const state = await planned();
    const next = await analyze(measured(state, [measurement(256), measurement(1024)]), context);
    expect(next).toMatchObject({
      next: "finish",
      stopped: "plan-complete",
      jobs: [],
      round: 1,
      versions: [{ version: "1" }, { version: "2" }],
      measurements: [{ memorySizeMb: 256 }, { memorySizeMb: 1024 }],
      overhead: { transitions: 3 + 2 + 3 + 2 * 3, tunerGbSeconds: 1 },
    });
    expect(next).not.toHaveProperty("measured");
    expect(next).not.toHaveProperty("provisioned");
  });

  it("goes on with another round where the method wants one, further on in the payloads", async () => {
    const state = await planned({ sampling: { method: "adaptive" }, memory: {} });
    const round = state.jobs.map(({ memorySizeMb }) => measurement(memorySizeMb));
    const next = await analyze(measured(state, round), context);
    expect(next).toMatchObject({ next: "measure", round: 2 });
    expect(next.jobs.length).toBeGreaterThan(0);
    for (const job of next.jobs) {
      const isKnown = state.jobs.some(({ memorySizeMb }) => memorySizeMb === job.memorySizeMb);
      expect(job.firstPayload).toBe(isKnown ? 4 : 0);
    }
  });

  it("adds a later round's samples to those of the same size", async () => {
    const state = {
      ...(await planned()),
      measurements: [measurement(256, { errors: [{ type: "E", count: 1, example: "e" }] })],
    };
    const next = await analyze(
      measured(state, [measurement(256, { errors: [{ type: "E", count: 2, example: "later" }] }), measurement(1024)]),
      context,
    );
    expect(next.measurements[0]).toMatchObject({
      memorySizeMb: 256,
      invocations: 10,
      errors: [{ type: "E", count: 3, example: "e" }],
    });
  });

  it.each([
    ["measured", "out-of-memory", "out-of-memory"],
    ["out-of-memory", "measured", "out-of-memory"],
    ["measured", "throttled", "measured"],
    ["throttled", "measured", "measured"],
  ] as const)("takes %s and then %s for %s", async (first, then, together) => {
    const state = { ...(await planned()), measurements: [measurement(256, { outcome: first })] };
    const next = await analyze(measured(state, [measurement(256, { outcome: then }), measurement(1024)]), context);
    expect(next.measurements[0]?.outcome).toBe(together);
  });

  it.each([
    ["clearly more often than the others is failing", 12, "failing"],
    ["no more often than chance has it is measured by its successes", 4, "measured"],
  ])("a size that fails later, %s", async (_, failures, outcome) => {
    const samples = encodeSamples(Array.from({ length: failures }, () => sample({ status: "error" })));
    const failing = measurement(256, { outcome: "failing", samples, invocations: failures });
    const others = measurement(1024, {
      samples: encodeSamples(Array.from({ length: 12 }, () => sample())),
      invocations: 12,
    });
    const state = { ...(await planned()), measurements: [measurement(256)] };
    const next = await analyze(measured(state, [failing, others]), context);
    expect(next.measurements[0]?.outcome).toBe(outcome);
  });

  it.each([
    ["measured", "failing"],
    ["measured", "unavailable"],
    ["out-of-memory", "failing"],
  ] as const)("keeps %s where a later round, %s, sent nothing, and tells what went wrong", async (first, then) => {
    const error = { type: "States.Timeout", count: 1, example: "The measuring function itself failed." };
    const nothing = measurement(256, { outcome: then, samples: "", invocations: 0, errors: [error] });
    const state = { ...(await planned()), measurements: [measurement(256, { outcome: first })] };
    const next = await analyze(measured(state, [nothing, measurement(1024)]), context);
    expect(next.measurements[0]).toMatchObject({ outcome: first, invocations: 5, errors: [error] });
  });

  it("takes a size for what a later round shows of it where the first sent nothing", async () => {
    const nothing = measurement(256, { outcome: "failing", samples: "", invocations: 0 });
    const state = { ...(await planned()), measurements: [nothing] };
    const next = await analyze(measured(state, [measurement(256), measurement(1024)]), context);
    expect(next.measurements[0]).toMatchObject({ outcome: "measured", invocations: 5 });
  });

  it("keeps a size that timed out in one round when it ran well in the others", async () => {
    const state = await planned();
    const known = { ...state, measurements: [measurement(256), measurement(1024)] };
    const hung = { durationMs: 3000, billedMs: 3000, cold: false, status: "timed-out", lane: 0, payload: 0, round: 2 };
    const samples = encodeSamples([hung as Sample]);
    const next = await analyze(measured(known, [{ ...measurement(256), outcome: "timed-out", samples }]), context);
    expect(next.measurements).toMatchObject([
      { memorySizeMb: 256, outcome: "measured" },
      { memorySizeMb: 1024, outcome: "measured" },
    ]);
  });

  it("fails with the handler's own error when no size could be measured", async () => {
    const state = await planned();
    const failing = (mb: number, example: string) =>
      measurement(mb, { outcome: "failing", samples: "", errors: [{ type: "TypeError", count: 3, example }] });
    await expect(
      analyze(measured(state, [failing(256, "at 256"), failing(1024, "x is not a function")]), context),
    ).rejects.toMatchObject({
      name: "Tuner.AllSizesFailed",
      message: expect.stringContaining("TypeError: x is not a function"),
    });
  });

  it("names the permission that is missing, when that is all that went wrong", async () => {
    const state = await planned();
    const denied = (mb: number) =>
      measurement(mb, {
        outcome: "failing",
        samples: "",
        errors: [{ type: "AccessDeniedException", count: 3, example: "not authorized" }],
      });
    await expect(analyze(measured(state, [denied(256), denied(1024)]), context)).rejects.toMatchObject({
      name: "Tuner.AccessDenied",
      message: expect.stringContaining("lambda:InvokeFunction"),
    });
  });

  it("remembers the quota that Lambda named, and why a size is unavailable", async () => {
    const state = await planned();
    const reason = "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 3008";
    const given = measured(state, [
      measurement(256),
      measurement(1024, { outcome: "unavailable", samples: "", invocations: 0 }),
    ]);
    const next = await analyze(
      {
        ...given,
        provisioned: given.provisioned && { ...given.provisioned, unavailable: [{ memorySizeMb: 1024, reason }] },
      },
      context,
    );
    expect(next.target.maxMemoryMb).toBe(3008);
    expect(next.measurements[1]?.errors).toEqual([{ type: "Unavailable", count: 1, example: reason }]);
  });

  it("lets each size of the next round spend its share of what is left", async () => {
    const state = await planned({ budget: { maxUsd: 1 }, sampling: { method: "adaptive" }, memory: {} });
    expect(state.limits.usd).toBeCloseTo(1 / state.jobs.length, 6);
    const next = await analyze(
      measured(
        state,
        state.jobs.map(({ memorySizeMb }) => measurement(memorySizeMb)),
      ),
      context,
    );
    expect(next.limits.usd).toBeLessThan(1 / next.jobs.length);
    expect(next.limits.usd).toBeGreaterThan(0.99 / next.jobs.length);
  });
});
