import { describe, expect, it } from "vitest";
import { enteredStates, eventLog, startTestEngine } from "../../support/test-engine.ts";
import { scriptedRunner } from "../../support/scripted-runner.ts";

const request = {
  functionArn: "target",
  memory: { sizesMb: [256, 1024] },
  sampling: { method: "fixed", invocationsPerSize: 3 },
};

describe("a run on the embedded engine", () => {
  it("goes through the states of the design, in their order", async () => {
    const engine = await startTestEngine();
    const { events, onEvent } = eventLog();
    await engine.tune(request, { onEvent });
    const inOrder = enteredStates(events).filter((name) => !/^(MeasureSize|Remaining\?|Measured)$/.test(name));
    expect(inOrder).toEqual([
      "Plan",
      "DryRunWanted?",
      "AcquireLock",
      "Provision",
      "Provisioned?",
      "Measure",
      "Analyze",
      "MoreRounds?",
      "CleanUp",
      "Observe",
      "Recommend",
      "ApplyWanted?",
      "StoreReport",
      "Stored",
      "Announce",
      "Restored?",
      "ReleaseLock",
      "ApplyFailed?",
      "Done",
    ]);
  });

  it("gives the report, stored where it says", async () => {
    const engine = await startTestEngine();
    const result = await engine.tune(request, { runId: "run-7" });
    expect(result).toMatchObject({
      kind: "report",
      report: {
        run: { id: "run-7", engine: "simulated", rounds: 1 },
        recommendation: { memorySizeMb: expect.any(Number) },
        restoration: { equal: true, leftovers: [] },
        reportUri: "s3://lambda-tuner-reports/reports/target/run-7.json",
      },
    });
  });

  it("restores the target before anything is invoked", async () => {
    const engine = await startTestEngine();
    await engine.tune(request);
    const actions = engine.endpoint.calls().filter(({ accessKeyId }) => accessKeyId !== "plan");
    const lastUpdate = actions.findLastIndex(({ action }) => action === "UpdateFunctionConfiguration");
    const firstInvoke = actions.findIndex(({ action }) => action === "Invoke");
    expect(firstInvoke).toBeGreaterThan(lastUpdate);
  });

  it("makes each call as the function whose role must allow it", async () => {
    const engine = await startTestEngine();
    await engine.tune(request);
    const callers = new Map(engine.endpoint.calls().map(({ action, accessKeyId }) => [action, accessKeyId]));
    expect(Object.fromEntries(callers)).toMatchObject({
      PublishVersion: "provision",
      Invoke: "measure",
      DeleteFunction: "clean-up",
      PutItem: "state-machine",
      PutObject: "state-machine",
      GetMetricData: "observe",
    });
  });

  it("tells how each invocation went while it goes", async () => {
    const seen: string[] = [];
    const engine = await startTestEngine({
      onInvocation: ({ phase, memorySizeMb }) => seen.push(`${phase} ${memorySizeMb}`),
    });
    await engine.tune(request);
    expect(seen.filter((each) => each === "start 256")).toHaveLength(4);
    expect(seen.filter((each) => each === "end 1024")).toHaveLength(4);
  });

  it("runs a dry run to its early end", async () => {
    const engine = await startTestEngine();
    const { events, onEvent } = eventLog();
    const result = await engine.tune({ ...request, dryRun: true }, { onEvent });
    expect(result).toMatchObject({
      kind: "dry-run",
      dryRun: { estimate: { invocations: 8 }, invocation: { status: "ok" } },
    });
    expect(enteredStates(events)).toEqual(["Plan", "DryRunWanted?", "DryRunDone"]);
  });

  it("calls Measure again for what its deadline left, and repeats nothing", async () => {
    const runner = scriptedRunner();
    // Measure keeps 5 s of its time for returning: after each invocation too little is left for the next.
    const engine = await startTestEngine({ runner, functionTimeoutsMs: { measure: 6000 } });
    const { events, onEvent } = eventLog();
    await engine.tune({ ...request, memory: { sizesMb: [256] } }, { onEvent });
    expect(enteredStates(events).filter((name) => name === "MeasureSize")).toHaveLength(4);
    expect(runner.invocations).toHaveLength(4);
  });
});

describe("a run that fails", () => {
  it("before it has begun fails with every fault of the request", async () => {
    const engine = await startTestEngine();
    await expect(engine.tune({ functionArn: "target", memry: 1, objective: "chep" })).rejects.toMatchObject({
      name: "Tuner.InvalidRequest",
      message: expect.stringMatching(/2 faults[\s\S]*did you mean "memory"[\s\S]*/),
    });
  });

  it.each([[[]], ["text"], [7]])("refuses the input %j", async (input) => {
    const engine = await startTestEngine();
    await expect(engine.tune(input)).rejects.toMatchObject({ name: "Tuner.InvalidRequest" });
  });

  it("for a handler that always throws fails with the handler's own error, cleaned up", async () => {
    const runner = scriptedRunner(() => ({ error: { type: "TypeError", message: "x is not a function" } }));
    const engine = await startTestEngine({ runner });
    const { events, onEvent } = eventLog();
    await expect(engine.tune(request, { onEvent })).rejects.toMatchObject({
      name: "Tuner.AllSizesFailed",
      message: expect.stringContaining("TypeError: x is not a function"),
    });
    expect(enteredStates(events).slice(-4)).toEqual([
      "CleanUpAfterFailure",
      "RestoredAfterFailure?",
      "ReleaseLockAfterFailure",
      "Failed",
    ]);
  });
});

describe("two runs of one target", () => {
  it("do not overlap: the second fails and names the first", async () => {
    let second: Promise<unknown> | undefined;
    const runner = scriptedRunner(async () => {
      second ??= engine.tune(request, { runId: "second" });
      await second.catch(() => undefined);
      return {};
    });
    const engine = await startTestEngine({ runner });
    await expect(engine.tune(request, { runId: "first" })).resolves.toMatchObject({ kind: "report" });
    await expect(second).rejects.toMatchObject({
      name: "Tuner.AlreadyRunning",
      message: expect.stringContaining("run first"),
    });
  });

  it("may follow each other", async () => {
    const engine = await startTestEngine();
    await engine.tune(request, { runId: "first" });
    await expect(engine.tune(request, { runId: "second" })).resolves.toMatchObject({ kind: "report" });
  });
});
