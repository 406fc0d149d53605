import {
  CreateAliasCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { RunFailedError } from "../../core/errors/run-failed-error.ts";
import { type FunctionHistory, loadProductionHistory } from "../../local/endpoint/cloudwatch/production-history.ts";
import type { Engine } from "../../local/engine.ts";
import { enteredStates, eventLog, startTestEngine } from "../support/test-engine.ts";
import { scriptedRunner } from "../support/scripted-runner.ts";
import { clientsOf } from "../support/test-endpoint.ts";

const request = {
  functionArn: "target",
  memory: { sizesMb: [256, 1024] },
  sampling: { method: "fixed", invocationsPerSize: 3 },
};

const cheapestAt1024 = { memoryMB: [128, 256, 1024], meanDurationMs: [8000, 4000, 50] };

const history: FunctionHistory = {
  days: 14,
  invocations: 140_000,
  durationsMs: Array.from({ length: 1000 }, (_, index) => 400 + index / 10),
  errors: 0,
  throttles: 0,
  maxConcurrentExecutions: 9,
};

const configurationOf = async ({ endpoint }: Engine, qualifier?: string) => {
  const {
    MemorySize: memory,
    Timeout: timeout,
    Description: description,
  } = await clientsOf(endpoint).lambda.send(
    new GetFunctionConfigurationCommand({
      FunctionName: "target",
      ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
    }),
  );
  return { memory, timeout, description };
};

const reportOf = async (engine: Engine, apply: Record<string, unknown>) => {
  const result = await engine.tune({ ...request, apply });
  if (result.kind !== "report") throw new TypeError("Expected a report.");
  return result.report;
};

describe("Apply", () => {
  it("sets memory and timeout on $LATEST and records what undoes it", async () => {
    const engine = await startTestEngine({
      simulation: cheapestAt1024,
      settings: { description: "mine", timeoutSeconds: 60 },
    });
    // Without production a shorter timeout would not be set.
    loadProductionHistory(engine.endpoint.metrics, "target", history, Date.now() - 120_000);
    const report = await reportOf(engine, { memory: true, timeout: true });
    const timeout = report.recommendation?.timeoutSeconds;
    expect(report.applied).toEqual({
      memorySizeMb: 1024,
      timeoutSeconds: timeout,
      undo: { memorySizeMb: 512, timeoutSeconds: 60 },
    });
    expect(await configurationOf(engine)).toEqual({ memory: 1024, timeout, description: "mine" });
  });

  it("touches only what was asked for", async () => {
    const engine = await startTestEngine({ simulation: cheapestAt1024 });
    const report = await reportOf(engine, { memory: true });
    expect(report.applied).toEqual({ memorySizeMb: 1024, undo: { memorySizeMb: 512 } });
    expect(await configurationOf(engine)).toMatchObject({ memory: 1024, timeout: 10 });
  });

  it("publishes the setting behind an alias and remembers where that pointed", async () => {
    const engine = await startTestEngine({ simulation: cheapestAt1024 });
    const { lambda } = clientsOf(engine.endpoint);
    await lambda.send(new PublishVersionCommand({ FunctionName: "target" }));
    await lambda.send(new CreateAliasCommand({ FunctionName: "target", Name: "live", FunctionVersion: "1" }));
    const report = await reportOf(engine, { memory: true, alias: "live" });
    expect(report.applied).toMatchObject({ alias: "live", undo: { memorySizeMb: 512, aliasVersion: "1" } });
    expect(await configurationOf(engine, "live")).toMatchObject({ memory: 1024 });
    const { FunctionVersion: version } = await lambda.send(
      new GetAliasCommand({ FunctionName: "target", Name: "live" }),
    );
    expect(version).toBe(report.applied?.version);
  });

  it("creates the alias when there is none", async () => {
    const engine = await startTestEngine({ simulation: cheapestAt1024 });
    const report = await reportOf(engine, { memory: true, alias: "tuned" });
    expect(report.applied?.undo).toEqual({ memorySizeMb: 512 });
    expect(await configurationOf(engine, "tuned")).toMatchObject({ memory: 1024 });
  });

  it("changes nothing when the alias is shifting traffic between versions", async () => {
    const engine = await startTestEngine({ simulation: cheapestAt1024, settings: { timeoutSeconds: 60 } });
    const { lambda } = clientsOf(engine.endpoint);
    await lambda.send(new PublishVersionCommand({ FunctionName: "target" }));
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "target", Description: "newer" }));
    await lambda.send(new PublishVersionCommand({ FunctionName: "target" }));
    const RoutingConfig = { AdditionalVersionWeights: { "2": 0.1 } };
    await lambda.send(
      new CreateAliasCommand({ FunctionName: "target", Name: "live", FunctionVersion: "1", RoutingConfig }),
    );
    const run = engine.tune({ ...request, apply: { memory: true, timeout: true, alias: "live" } });
    await expect(run).rejects.toMatchObject({
      name: "Tuner.UntunableTarget",
      report: { restoration: { equal: true } },
    });
    expect(await configurationOf(engine)).toEqual({ memory: 512, timeout: 60, description: "newer" });
    const { Versions: versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "target" }));
    expect(versions?.map(({ Version: version }) => version)).toEqual(["$LATEST", "1", "2"]);
  });

  it("that fails at the alias fails the run, and its report says what was set and what undoes it", async () => {
    const engine = await startTestEngine({ simulation: cheapestAt1024 });
    engine.endpoint.injectFault({
      operation: "CreateAlias",
      error: { status: 403, type: "AccessDeniedException", message: "no" },
    });
    const run = engine.tune({ ...request, apply: { memory: true, alias: "live" } });
    await expect(run).rejects.toMatchObject({
      name: "Tuner.AccessDenied",
      message: expect.stringContaining("lambda:CreateAlias"),
      report: { applied: { memorySizeMb: 1024, version: "3", undo: { memorySizeMb: 512 } } },
    });
    expect(await configurationOf(engine)).toMatchObject({ memory: 1024 });
  });

  it("that fails fails the run, after the report is stored and the lock released", async () => {
    const engine = await startTestEngine({ simulation: cheapestAt1024 });
    engine.endpoint.injectFault({
      operation: "UpdateFunctionConfiguration",
      after: 3,
      times: 10,
      error: { status: 403, type: "AccessDeniedException", message: "no" },
    });
    const { events, onEvent } = eventLog();
    const run = engine.tune({ ...request, apply: { memory: true } }, { onEvent });
    await expect(run).rejects.toMatchObject({
      name: "Tuner.AccessDenied",
      report: { recommendation: { memorySizeMb: 1024 } },
    });
    expect(enteredStates(events).slice(-8)).toEqual([
      "Apply",
      "StoreReport",
      "Stored",
      "Announce",
      "Restored?",
      "ReleaseLock",
      "ApplyFailed?",
      "Failed",
    ]);
    expect(await configurationOf(engine)).toMatchObject({ memory: 512 });
  });

  it("does not overwrite a deployment that came between", async () => {
    const runner = scriptedRunner(({ memorySizeMb }) => ({ durationMs: memorySizeMb === 256 ? 4000 : 50 }));
    const engine = await startTestEngine({ runner });
    const { lambda } = clientsOf(engine.endpoint);
    const run = engine.tune(
      { ...request, apply: { memory: true } },
      {
        onEvent: (event) => {
          if (event.kind === "state-entered" && event.state.name === "Observe") {
            void lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "target", Timeout: 33 }));
          }
        },
      },
    );
    await expect(run).rejects.toMatchObject({ name: "Tuner.ChangedDuringRun" });
    expect(await configurationOf(engine)).toMatchObject({ memory: 512, timeout: 33 });
  });
});

describe("a report that cannot be stored", () => {
  it("is still the execution's output, and says so", async () => {
    const engine = await startTestEngine();
    engine.endpoint.injectFault({
      operation: "PutObject",
      times: 50,
      error: { status: 403, type: "AccessDenied", message: "no" },
    });
    const result = await engine.tune(request);
    expect(result).toMatchObject({
      kind: "report",
      report: { warnings: expect.arrayContaining([expect.objectContaining({ kind: "report-not-stored" })]) },
    });
    expect(result.kind === "report" ? result.report.reportUri : "").toBeUndefined();
  });
});

describe("a run whose versions cannot be deleted", () => {
  it("delivers its report, fails with what is left, and is repaired by a later clean-up", async () => {
    const engine = await startTestEngine({ simulation: cheapestAt1024 });
    const { lambda } = clientsOf(engine.endpoint);
    const run = engine.tune(request, {
      onEvent: (event) => {
        if (event.kind === "state-entered" && event.state.name === "Measure") {
          void lambda.send(new CreateAliasCommand({ FunctionName: "target", Name: "oops", FunctionVersion: "1" }));
        }
      },
    });
    const failure = await run.catch((error: unknown) => error);
    if (!(failure instanceof RunFailedError)) throw new TypeError("Expected the run to fail.");
    expect(failure).toMatchObject({ name: "Tuner.RestoreFailed", message: expect.stringContaining("version 1") });
    await lambda.send(new DeleteAliasCommand({ FunctionName: "target", Name: "oops" }));
    await engine.restore(failure.runId);
    await expect(configurationOf(engine, "1")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(engine.tune(request)).resolves.toMatchObject({ kind: "report" });
  });
});
