import { expect, it } from "vitest";
import type { RunnerInvocation, RunnerResult } from "../../../local/endpoint/function-runner.ts";
import { createSimulatedRunner } from "../../../local/simulation/simulated-runner.ts";
import { parseSimulation, type SimulationFile } from "../../../local/simulation/simulation-file.ts";

const simulation: SimulationFile = { memoryMB: [128, 1024], meanDurationMs: [800, 100] };

const invocation = (part: Partial<RunnerInvocation> = {}): RunnerInvocation => ({
  functionName: "simulated",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:simulated",
  version: "1",
  memorySizeMb: 1024,
  timeoutSeconds: 60,
  environment: {},
  logFormat: "Text",
  requestId: "0",
  payload: Buffer.from("{}"),
  signal: new AbortController().signal,
  ...part,
});

const runnerOf = (part: Partial<SimulationFile> = {}, seed = 1) =>
  createSimulatedRunner(parseSimulation({ ...simulation, ...part }), seed);

const inSeries = async (count: number, run: () => Promise<RunnerResult>): Promise<RunnerResult[]> => {
  const results: RunnerResult[] = [];
  for (let index = 0; index < count; index += 1) results.push(await run());
  return results;
};

const durations = (results: readonly RunnerResult[]): number[] => results.map(({ report }) => report.durationMs);

it("starts cold, and stays warm", async () => {
  const runner = runnerOf({ initMs: 150, memoryUsedMB: 90 });
  const results = await inSeries(3, () => runner.invoke(invocation()));
  expect(results.map(({ report }) => report)).toEqual([
    {
      durationMs: 100,
      billedDurationMs: 250,
      memorySizeMb: 1024,
      maxMemoryUsedMb: 90,
      initDurationMs: 150,
      status: "success",
    },
    { durationMs: 100, billedDurationMs: 100, memorySizeMb: 1024, maxMemoryUsedMb: 90, status: "success" },
    { durationMs: 100, billedDurationMs: 100, memorySizeMb: 1024, maxMemoryUsedMb: 90, status: "success" },
  ]);
});

it("starts an environment for each lane that comes with others", async () => {
  const runner = runnerOf();
  const together = () => Promise.all([1, 2, 3].map(() => runner.invoke(invocation())));
  const coldCounts = [await together(), await together()].map(
    (results) => results.filter(({ report }) => report.initDurationMs !== undefined).length,
  );
  expect(coldCounts).toEqual([3, 0]);
});

it("starts cold for another version, another size, and after a version was retired", async () => {
  const runner = runnerOf();
  await runner.invoke(invocation());
  const isCold = async (part: Partial<RunnerInvocation>) =>
    (await runner.invoke(invocation(part))).report.initDurationMs !== undefined;
  expect(await isCold({ version: "2" })).toBe(true);
  expect(await isCold({ memorySizeMb: 512 })).toBe(true);
  expect(await isCold({})).toBe(false);
  await runner.retire("1");
  expect(await isCold({})).toBe(true);
  expect(await isCold({ version: "2" })).toBe(false);
});

it("draws the same durations from the same seed, in whatever order the sizes come", async () => {
  const noise = { cv: 0.3, outlierShare: 0.05 };
  const first = runnerOf({ noise });
  const second = runnerOf({ noise });
  const large = await inSeries(20, () => first.invoke(invocation()));
  await inSeries(7, () => second.invoke(invocation({ memorySizeMb: 128 })));
  const largeAgain = await inSeries(20, () => second.invoke(invocation({ version: "9" })));
  expect(durations(largeAgain)).toEqual(durations(large));
});

it("draws other durations from another seed", async () => {
  const noise = { cv: 0.3 };
  const results = await Promise.all(
    [1, 2].map((seed) => {
      const runner = runnerOf({ noise }, seed);
      return inSeries(3, () => runner.invoke(invocation()));
    }),
  );
  expect(durations(results[0] ?? [])).not.toEqual(durations(results[1] ?? []));
});

it("keeps the mean that the model gives, noise and outliers included", async () => {
  const runner = runnerOf({ noise: { cv: 0.4, outlierShare: 0.02 } });
  const drawn = durations(await inSeries(20_000, () => runner.invoke(invocation())));
  const mean = drawn.reduce((sum, duration) => sum + duration, 0) / drawn.length;
  // The standard error of this mean is 0.4 ms: seed and count are fixed, so the value is too.
  expect(Math.abs(mean - 100)).toBeLessThan(1.2);
});

it("runs out of memory below the model's limit, and starts cold after it", async () => {
  const runner = runnerOf({ outOfMemoryBelowMB: 256 });
  const results = await inSeries(2, () => runner.invoke(invocation({ memorySizeMb: 255, requestId: "r" })));
  for (const result of results) {
    expect(result).toMatchObject({
      functionError: "Unhandled",
      report: { status: "error", errorType: "Runtime.OutOfMemory", maxMemoryUsedMb: 255, initDurationMs: 200 },
    });
    expect(Buffer.from(result.payload).toString()).toContain("signal: killed");
  }
  expect((await runner.invoke(invocation({ memorySizeMb: 256 }))).functionError).toBeUndefined();
});

it("is cut off at its timeout without waiting for it", async () => {
  const runner = runnerOf({ meanDurationMs: [800_000, 100_000] });
  const result = await runner.invoke(invocation({ timeoutSeconds: 30 }));
  expect(result).toMatchObject({
    functionError: "Unhandled",
    report: { status: "timeout", durationMs: 30_000, billedDurationMs: 30_200 },
  });
  expect(Buffer.from(result.payload).toString()).toContain("Task timed out after 30.00 seconds");
});
