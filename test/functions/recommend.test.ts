import { describe, expect, it } from "vitest";
import { encodeSamples } from "../../core/invocation/sample-codec.ts";
import { reportSchema } from "../../core/report/schema.ts";
import type { ExecutionState } from "../../functions/execution-state.ts";
import { handler as recommend } from "../../functions/recommend.ts";
import { startAccount } from "./function-call.ts";

const context = { getRemainingTimeInMillis: () => 60_000 };

const samples = (durationMs: number): string =>
  encodeSamples(
    Array.from({ length: 12 }, (_, index) => ({
      durationMs: durationMs + index,
      billedMs: durationMs + index,
      cold: index === 0,
      ...(index === 0 ? { initMs: 0 } : {}),
      status: "ok" as const,
      lane: 0,
      payload: 0,
      round: 1,
    })),
  );

/** A run that measured two sizes, 1/m, and was cleaned up after. */
const finished = async (
  request: Record<string, unknown> = {},
  facts: Partial<ExecutionState> = {},
): Promise<ExecutionState> => {
  const account = await startAccount();
  const state = await account.plan({ memory: { sizesMb: [512, 1024] }, ...request });
  const { original } = state.target;
  return {
    ...state,
    jobs: [],
    next: "finish",
    stopped: "plan-complete",
    versions: [
      { memorySizeMb: 512, version: "1" },
      { memorySizeMb: 1024, version: "2" },
    ],
    measurements: [
      { memorySizeMb: 512, outcome: "measured", samples: samples(400), errors: [], invocations: 12, throttles: 0 },
      { memorySizeMb: 1024, outcome: "measured", samples: samples(100), errors: [], invocations: 12, throttles: 0 },
    ],
    restoration: { before: original, after: original, equal: true, leftovers: [] },
    ...facts,
  };
};

describe("Recommend", () => {
  it("makes a report that its schema accepts, and says where it goes", async () => {
    const result = await recommend(await finished(), context);
    expect(() => reportSchema.parse(result.report)).not.toThrow();
    expect(result).toMatchObject({
      reportKey: "reports/target/run-1.json",
      applyWanted: false,
      restored: true,
      announcement: { runId: "run-1", recommendedMemorySizeMb: 1024, conclusive: true },
    });
    expect(result.failure).toBeUndefined();
  });

  it("warns of versions that somebody else published at a trial size", async () => {
    const inheritedVersions = [{ version: "3", memorySizeMb: 1024 }];
    const before = configuration(512);
    const restoration = { before, after: before, equal: true, leftovers: [], inheritedVersions };
    const { report, failure } = await recommend(await finished({}, { restoration }), context);
    expect(report.warnings).toContainEqual({
      kind: "released-at-trial-size",
      versions: inheritedVersions,
      memorySizeMb: 512,
      message: expect.stringMatching(/^Version 3 .* 1024 MB: publish again from \$LATEST, which has 512 MB/),
    });
    expect(failure).toBeUndefined();
  });

  it("wants to apply when the request says so", async () => {
    const result = await recommend(await finished({ apply: { memory: true } }), context);
    expect(result).toMatchObject({ applyWanted: true, apply: { memory: true, timeout: false } });
  });

  it.each([
    ["a limit ended the run", { stopped: "spend-limit" as const }],
    [
      "the function differs",
      { restoration: { before: configuration(512), after: configuration(640), equal: false, leftovers: [] } },
    ],
  ])("does not apply when %s, and says so", async (_, facts) => {
    const result = await recommend(await finished({ apply: { memory: true } }, facts), context);
    expect(result.applyWanted).toBe(false);
    expect(result.report.warnings.map(({ kind }) => kind)).toContain("not-applied");
  });

  it("does not apply a size for a limit that no size meets", async () => {
    const objective = { kind: "slo", percentile: 95, durationMs: 20 };
    const result = await recommend(await finished({ objective, apply: { memory: true } }), context);
    expect(result.applyWanted).toBe(false);
    expect(result.report.warnings.map(({ message }) => message)).toContain(
      "The recommendation was not applied: no size was found that keeps p95 within 20 ms.",
    );
  });

  it.each([
    [
      "the memory alone",
      { memory: true, timeout: true },
      { applyWanted: true, apply: { memory: true, timeout: false } },
    ],
    ["nothing", { memory: false, timeout: true }, { applyWanted: false }],
  ])("applies %s when the timeout is shorter on the word of a few samples", async (_, apply, expected) => {
    const state = await finished({ apply });
    const original = { ...state.target.original, timeoutSeconds: 300 };
    const result = await recommend({ ...state, target: { ...state.target, original } }, context);
    expect(result).toMatchObject(expected);
    expect(result.report.warnings).toContainEqual({
      kind: "timeout-not-applied",
      reason: "provisional",
      currentSeconds: 300,
      recommendedSeconds: result.report.recommendation?.timeoutSeconds,
      message: expect.stringContaining("The timeout stays at 300 s"),
    });
  });

  it("lets a run fail that left something behind, after its report", async () => {
    const leftovers = ["version 3 (held by an alias)"];
    const restoration = { before: configuration(512), after: configuration(512), equal: true, leftovers };
    const result = await recommend(await finished({}, { restoration }), context);
    expect(result).toMatchObject({
      restored: false,
      failure: { Error: "Tuner.RestoreFailed", Cause: expect.stringContaining("version 3") },
      report: { restoration: { leftovers } },
    });
  });

  it("reports without what Observe could not read", async () => {
    const failed = await recommend(
      await finished({}, { observationFailure: { Error: "States.Timeout", Cause: "" } }),
      context,
    );
    const broken = await recommend(await finished({}, { observation: { metrics: 7 } }), context);
    for (const { report } of [failed, broken]) {
      expect(report.warnings.map(({ kind }) => kind)).toContain("production-data-failed");
      expect(report.recommendation).toBeDefined();
    }
  });

  it("warns of sizes that this machine has no CPU share for, unreadable tails and snapshots that are charged", async () => {
    const state = await finished({}, { cappedAtMb: 600 });
    const { report } = await recommend(
      {
        ...state,
        target: { ...state.target, snapStart: true },
        measurements: state.measurements.map((measurement) => ({
          ...measurement,
          errors: [{ type: "UnreadableTail", count: 2, example: "" }],
        })),
      },
      context,
    );
    expect(report.warnings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "sizes-capped", sizesMb: [1024], cappedAtMb: 600 }),
        expect.objectContaining({ kind: "tails-unreadable", memorySizeMb: 512, count: 2 }),
        expect.objectContaining({ kind: "snapstart-cache-charged", versions: 2 }),
      ]),
    );
  });

  it("charges the snapshots of SnapStart, once a version and once a cold start, but not for Java", async () => {
    const state = await finished();
    const chargedAs = async (runtime: string) => {
      const target = { ...state.target, snapStart: true, runtime };
      const run = { ...state.run, startedAt: new Date().toISOString() };
      return (await recommend({ ...state, target, run }, context)).report;
    };
    const { run, warnings } = await chargedAs("python3.14");
    const { invocations, tunerFunctions, stateTransitions, snapStart = 0, total } = run.cost.actual;
    const gb = state.versions.reduce((sum, { memorySizeMb }) => sum + memorySizeMb / 1024, 0);
    expect(snapStart).toBeGreaterThanOrEqual(gb * 3 * 3600 * 0.0000015046);
    expect(snapStart).toBeLessThan(gb * (3 * 3600 * 0.0000015046 + 10 * 0.0001397998));
    expect(total).toBeCloseTo(invocations + tunerFunctions + stateTransitions + snapStart, 12);
    expect(warnings.map(({ kind }) => kind)).toContain("snapstart-cache-charged");
    const java = await chargedAs("java25");
    expect(java.run.cost.actual).not.toHaveProperty("snapStart");
    expect(java.warnings.map(({ kind }) => kind)).not.toContain("snapstart-cache-charged");
  });

  it("keeps payloads out of the report unless the request shows them", async () => {
    const secret = { payloads: { inline: { token: "s3cret" } } };
    const hidden = await recommend(await finished(secret), context);
    const shown = await recommend(await finished({ ...secret, logPayloads: true }), context);
    expect(JSON.stringify(hidden)).not.toContain("s3cret");
    expect(JSON.stringify(shown.report.run.request)).toContain("s3cret");
  });
});

function configuration(memorySizeMb: number) {
  return { memorySizeMb, timeoutSeconds: 10, description: "", codeSha256: "c", settingsSha256: "s" };
}
