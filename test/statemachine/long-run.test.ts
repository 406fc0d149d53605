import { afterEach, expect, it, vi } from "vitest";
import { samplingSeconds } from "../../core/planning/run-time.ts";
import { scriptedRunner } from "../support/scripted-runner.ts";
import { startTestEngine } from "../support/test-engine.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** Answers until so many invocations are made; then the time that a run may measure for is over. */
const slowAfter = (invocations: number) => {
  vi.useFakeTimers({ toFake: ["Date"] });
  return scriptedRunner(({ index, memorySizeMb }) => {
    if (index === invocations - 1) vi.setSystemTime(Date.now() + samplingSeconds * 1000);
    return { durationMs: 100_000 / memorySizeMb };
  });
};

const tuned = async (invocations: number, sampling: object) => {
  const runner = slowAfter(invocations);
  const engine = await startTestEngine({ runner });
  const result = await engine.tune({ functionArn: "target", memory: { sizesMb: [256, 512, 1024] }, sampling });
  if (result.kind !== "report") throw new TypeError(`Expected a report, got ${JSON.stringify(result)}.`);
  return { runner, report: result.report };
};

it("stops measuring in time for its report, with what it has and the size that it did not get to", async () => {
  const { runner, report } = await tuned(16, { method: "fixed", invocationsPerSize: 10, concurrency: 1 });
  expect(runner.invocations).toHaveLength(16);
  expect(report.measurements.map(({ memorySizeMb, outcome }) => [memorySizeMb, outcome])).toEqual([
    [256, "measured"],
    [512, "measured"],
    [1024, "unavailable"],
  ]);
  expect(report.recommendation).toMatchObject({ conclusive: false, stopReason: "time-limit" });
  expect(report.restoration.equal).toBe(true);
  expect(report.warnings).toContainEqual(expect.objectContaining({ kind: "size-unusable", memorySizeMb: 1024 }));
});

it("begins no round that it has no time for", async () => {
  const { report } = await tuned(12, { method: "adaptive", concurrency: 1 });
  expect(report.run.rounds).toBe(1);
  expect(report.recommendation).toMatchObject({ conclusive: false, stopReason: "time-limit" });
});
