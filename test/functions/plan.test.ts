import { CreateAliasCommand, PublishVersionCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { handler as plan } from "../../functions/plan.ts";
import { clientsOf } from "../support/test-endpoint.ts";
import { scriptedRunner } from "../support/scripted-runner.ts";
import { loadProductionHistory } from "../../local/endpoint/cloudwatch/production-history.ts";
import { planInput, startAccount, targetName } from "./function-call.ts";

const refusal = (name: string, message: string | RegExp) =>
  expect.objectContaining({ name, message: expect.stringMatching(message) });

describe("Plan", () => {
  it("fills in the target, the first round, the estimate and the lock's times", async () => {
    const account = await startAccount();
    const state = await account.plan({ memory: { sizesMb: [256, 512] } });
    expect(state).toMatchObject({
      run: { id: "run-1", engine: "aws", startedAt: "2026-01-31T00:00:00.000Z" },
      target: { functionName: targetName, architecture: "x86_64", original: { memorySizeMb: 512, timeoutSeconds: 10 } },
      jobs: [
        { memorySizeMb: 256, warm: 4, firstPayload: 0 },
        { memorySizeMb: 512, warm: 4, firstPayload: 0 },
      ],
      sizesAtOnce: 2,
      round: 1,
      next: "measure",
      warnings: [],
    });
    expect(state.estimate.worstCaseUsd).toBeGreaterThan(state.estimate.expectedUsd);
  });

  it("changes nothing and invokes nothing", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner });
    await account.call(plan, planInput());
    const actions = new Set(account.endpoint.calls().map(({ action }) => action));
    expect([...actions].sort()).toEqual([
      "GetAccountSettings",
      "GetFunctionConcurrency",
      "GetFunctionConfiguration",
      "GetMetricData",
      "Invoke",
    ]);
    expect(runner.invocations).toEqual([]);
  });

  it("takes aws-lambda-power-tuning's input as it is", async () => {
    const account = await startAccount();
    const state = await account.call(plan, {
      ...planInput(),
      input: { lambdaARN: targetName, powerValues: [128, 256], num: 5 },
    });
    expect(state).toMatchObject({
      jobs: [
        { memorySizeMb: 128, warm: 5 },
        { memorySizeMb: 256, warm: 5 },
      ],
    });
  });

  it.each([
    ["a full ARN", "arn:aws:lambda:us-east-1:123456789012:function:target"],
    ["a partial ARN", "123456789012:function:target"],
    ["a name with $LATEST", "target:$LATEST"],
  ])("finds the target by %s", async (_, functionArn) => {
    const account = await startAccount();
    const state = await account.plan({ functionArn });
    expect(state.target.functionArn).toBe("arn:aws:lambda:us-east-1:123456789012:function:target");
    expect(state.target.qualifier).toBeUndefined();
  });

  it("stays within the account's concurrency, with room for the functions that measure", async () => {
    const account = await startAccount({ account: { unreservedConcurrency: 10 } });
    const sizesMb = [128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3008];
    const state = await account.plan({ memory: { sizesMb } });
    expect(state.request.sampling.concurrency).toBe(4);
    expect(state.sizesAtOnce).toBe(4);
  });

  it("names the sizes that the limit of invocations leaves out", async () => {
    const account = await startAccount();
    const sampling = { method: "fixed", maxInvocations: 5 };
    const { jobs, warnings } = await account.plan({ memory: { sizesMb: [128, 256, 512, 1024] }, sampling });
    expect(jobs.map(({ memorySizeMb }) => memorySizeMb)).toEqual([128, 512]);
    const reason = "The limit of invocations leaves less than two for each size.";
    expect(warnings).toEqual([{ kind: "sizes-dropped", sizesMb: [256, 1024], reason }]);
  });

  it("leaves production half of the target's reserved concurrency", async () => {
    const account = await startAccount({ definition: { reservedConcurrency: 6 } });
    const state = await account.plan({ memory: { sizesMb: [128, 256, 512, 1024] } });
    expect(state.request.sampling.concurrency).toBe(3);
    expect(state.sizesAtOnce).toBe(3);
  });

  it.each([
    [{}, { sampling: { method: "fxed" } }, refusal("Tuner.InvalidRequest", /did you mean "fixed"/i)],
    [{}, { functionArn: "other" }, refusal("Tuner.TargetNotFound", /no Lambda function other/)],
    [{}, { functionArn: "arn:aws:s3:::bucket" }, refusal("Tuner.InvalidRequest", /functionArn/)],
    [{ reservedConcurrency: 0 }, {}, refusal("Tuner.UntunableTarget", /reserved concurrency is 0/)],
    [{ reservedConcurrency: 1 }, {}, refusal("Tuner.UntunableTarget", /reserved concurrency is 1/)],
    [
      { capacityProvider: { capacityProviderArn: "arn:aws:lambda:us-east-1:1:capacity-provider:x" } },
      {},
      refusal("Tuner.UntunableTarget", /Managed Instances/),
    ],
    [{ durable: { executionTimeoutSeconds: 60 } }, {}, refusal("Tuner.UntunableTarget", /durable function/)],
    [{ logFormat: "JSON", systemLogLevel: "WARN" }, {}, refusal("Tuner.UntunableTarget", /SystemLogLevel to INFO/)],
    [
      { description: "lambda-tuner run other-run: preparing 256 MB, version 1" },
      {},
      refusal("Tuner.AlreadyRunning", /run other-run/),
    ],
    [{}, { budget: { maxUsd: 1e-9 } }, refusal("Tuner.BudgetExceeded", /the budget of \$0\.000000001\./)],
    [
      {},
      { sampling: { method: "adaptive" }, budget: { maxUsd: 1e-9 } },
      refusal("Tuner.BudgetExceeded", /the budget of \$0\.000000001\./),
    ],
    [{}, { payloads: { s3Uri: "s3://nowhere/payloads.json" } }, refusal("Tuner.Payload", /s3:\/\/nowhere/)],
  ] as const)("refuses a function %o asked with %o", async (definition, request, error) => {
    const account = await startAccount({ definition });
    await expect(account.plan(request)).rejects.toEqual(error);
  });

  it("refuses lambda-tuner's own functions", async () => {
    const account = await startAccount({ environment: { OWN_FUNCTION_NAMES: "x,target" } });
    await expect(account.plan()).rejects.toMatchObject({ name: "Tuner.UntunableTarget" });
  });

  it("tunes an alias whose version is what $LATEST is", async () => {
    const account = await startAccount();
    const { lambda } = clientsOf(account.endpoint);
    await lambda.send(new PublishVersionCommand({ FunctionName: targetName }));
    await lambda.send(new CreateAliasCommand({ FunctionName: targetName, Name: "live", FunctionVersion: "1" }));
    const state = await account.plan({ functionArn: `${targetName}:live` });
    expect(state.target).toMatchObject({ qualifier: "live", functionName: targetName });
  });

  it("says of an alias that there is none, not of the function", async () => {
    const account = await startAccount();
    await expect(account.plan({ functionArn: `${targetName}:live` })).rejects.toEqual(
      refusal("Tuner.TargetNotFound", /function:target has no version or alias live/),
    );
  });

  it("refuses a version that $LATEST has moved on from, and says in what", async () => {
    const account = await startAccount();
    const { lambda } = clientsOf(account.endpoint);
    await lambda.send(new PublishVersionCommand({ FunctionName: targetName }));
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: targetName, Timeout: 20 }));
    await expect(account.plan({ functionArn: `${targetName}:1` })).rejects.toEqual(
      refusal("Tuner.UntunableTarget", /1 differs from \$LATEST in timeout/),
    );
  });

  it("reads payloads from S3 before anything is touched", async () => {
    const account = await startAccount();
    const { s3 } = clientsOf(account.endpoint);
    await s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "broken.json", Body: "{" }));
    await expect(account.plan({ payloads: { s3Uri: "s3://bucket/broken.json" } })).rejects.toEqual(
      refusal("Tuner.Payload", /not JSON/),
    );
  });

  it("waits for an update that is under way", async () => {
    const account = await startAccount({ controlPlaneDelayMs: 50 });
    const { lambda } = clientsOf(account.endpoint);
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: targetName, MemorySize: 640 }));
    const state = await account.plan();
    expect(state.target.original.memorySizeMb).toBe(640);
  });
});

describe("a dry run", () => {
  it("invokes the target once as it is, and estimates from that", async () => {
    const runner = scriptedRunner(() => ({ durationMs: 40, maxMemoryUsedMb: 77 }));
    const account = await startAccount({ runner });
    const result = await account.call(plan, planInput({ dryRun: true, payloads: { inline: { a: 1 } } }));
    expect(result).toMatchObject({
      dryRun: true,
      invocation: { status: "ok", durationMs: 40, initMs: 50, maxMemoryUsedMb: 77 },
    });
    expect(runner.invocations.map(({ version, event }) => [version, event])).toEqual([["$LATEST", { a: 1 }]]);
  });

  it("shows the target's own error", async () => {
    const runner = scriptedRunner(() => ({ error: { type: "TypeError", message: "x is not a function" } }));
    const account = await startAccount({ runner });
    const result = await account.call(plan, planInput({ dryRun: true }));
    expect(result).toMatchObject({ invocation: { status: "error", error: "TypeError: x is not a function" } });
  });
});

describe("Plan, before anything is known of the target but by CloudWatch", () => {
  const history = {
    days: 14,
    invocations: 4000,
    durationsMs: [100, 300],
    errors: 0,
    throttles: 0,
    maxConcurrentExecutions: 1,
  };
  const startMs = Date.parse("2026-01-31T00:00:00.000Z");

  it("estimates by production's mean duration", async () => {
    const account = await startAccount();
    loadProductionHistory(account.endpoint.metrics, targetName, history, startMs);
    const { estimate } = await account.plan();
    expect(estimate.basis).toEqual({
      kind: "production",
      durationMs: 200,
      memorySizeMb: 512,
      invocations: 4000,
      lookbackDays: 14,
      resource: "$LATEST",
    });
  });

  it("warns when production calls $LATEST, which takes on every size for a moment", async () => {
    const account = await startAccount();
    loadProductionHistory(account.endpoint.metrics, targetName, history, startMs);
    const warning = { kind: "latest-serves-production", invocations: 4000, lookbackDays: 14 };
    expect((await account.plan()).warnings).toEqual([warning]);
    const dryRun = await account.call(plan, planInput({ dryRun: true }));
    expect(dryRun.warnings).toEqual([warning]);
  });

  it("does not when production calls an alias", async () => {
    const account = await startAccount();
    const { lambda } = clientsOf(account.endpoint);
    await lambda.send(new PublishVersionCommand({ FunctionName: targetName }));
    await lambda.send(new CreateAliasCommand({ FunctionName: targetName, Name: "live", FunctionVersion: "1" }));
    const point = { epochMs: startMs - 3_600_000, value: 100, count: 4000 };
    for (const Resource of [undefined, `${targetName}:live`]) {
      const dimensions = { FunctionName: targetName, ...(Resource === undefined ? {} : { Resource }) };
      account.endpoint.metrics.put("AWS/Lambda", "Duration", dimensions, point);
    }
    const { estimate, warnings } = await account.plan({ functionArn: `${targetName}:live` });
    expect(estimate.basis).toMatchObject({ kind: "production", resource: "alias live" });
    expect(warnings).toEqual([]);
  });

  it("does not on an engine that has only a copy of the function", async () => {
    const facts = { engine: "local", cpuBackend: "cgroup-v2" };
    const account = await startAccount({ environment: { LAMBDA_TUNER_ENGINE: JSON.stringify(facts) } });
    loadProductionHistory(account.endpoint.metrics, targetName, history, startMs);
    expect((await account.plan()).warnings).toEqual([]);
  });

  it("warns when measuring is expected to take longer than a run may measure", async () => {
    const account = await startAccount({ definition: { timeoutSeconds: 900 } });
    const slow = { ...history, durationsMs: [300_000] };
    loadProductionHistory(account.endpoint.metrics, targetName, slow, startMs);
    const request = {
      memory: { sizesMb: [512, 1024, 2048] },
      sampling: { method: "fixed", invocationsPerSize: 100, concurrency: 1 },
    };
    const { warnings, estimate } = await account.plan(request);
    expect(warnings).toContainEqual({
      kind: "run-too-long",
      expectedSeconds: estimate.expectedSeconds,
      samplingSeconds: 18_000,
    });
    const dryRun = await account.call(plan, planInput({ ...request, dryRun: true }));
    expect(dryRun.warnings.map(({ kind }) => kind)).toContain("run-too-long");
    expect((await account.plan()).warnings.map(({ kind }) => kind)).not.toContain("run-too-long");
  });

  it("assumes a duration where there was no invocation, and says so", async () => {
    const { estimate } = await (await startAccount()).plan();
    expect(estimate.basis).toMatchObject({
      kind: "assumed",
      reason: "CloudWatch has no invocations of the last 14 days",
    });
  });

  it.each([
    ["AccessDenied", 403, "cloudwatch:GetMetricData is not allowed to this role"],
    ["ThrottlingException", 400, "AWS kept throttling cloudwatch:GetMetricData"],
  ])("goes on when CloudWatch answers %s, and says so", async (type, status, reason) => {
    const account = await startAccount();
    account.endpoint.injectFault({ operation: "GetMetricData", times: 10, error: { status, type } });
    expect((await account.plan()).estimate.basis).toMatchObject({ kind: "assumed", reason });
  });

  it("rests a dry run on production before its one invocation", async () => {
    const account = await startAccount();
    const dryRun = async () => account.call(plan, planInput({ dryRun: true }));
    expect((await dryRun()).estimate.basis).toMatchObject({ kind: "invocation", memorySizeMb: 512 });
    loadProductionHistory(account.endpoint.metrics, targetName, history, startMs);
    expect((await dryRun()).estimate.basis).toMatchObject({ kind: "production", durationMs: 200 });
  });

  it("ends with the run when it is interrupted", async () => {
    const account = await startAccount();
    await expect(account.call(plan, planInput(), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});
