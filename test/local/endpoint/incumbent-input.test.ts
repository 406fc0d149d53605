import { GetAliasCommand, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { reportSchema } from "../../../core/report/schema.ts";
import { serve } from "../../../local/endpoint/serve.ts";
import { scriptedRunner } from "../../support/scripted-runner.ts";
import { clientsOf } from "../../support/test-endpoint.ts";

const lambdaARN = "arn:aws:lambda:us-east-1:123456789012:function:thumbnails";

/** An account with lambda-tuner, and functions that note what they are sent: the smaller the cheaper, the larger the faster. */
const installed = async () => {
  const serving = await serve({ stack: true });
  onTestFinished(() => serving.close());
  const { endpoint, url, stateMachineArn } = serving;
  const thumbnails = scriptedRunner(({ memorySizeMb }) => ({
    durationMs: 20 + 25_600 / memorySizeMb,
    payload: { made: memorySizeMb },
  }));
  const before = scriptedRunner(({ event }) => ({ payload: { prepared: event } }));
  const after = scriptedRunner();
  endpoint.registerFunction({ functionName: "thumbnails", memorySizeMb: 512, timeoutSeconds: 10 }, thumbnails);
  endpoint.registerFunction({ functionName: "before" }, before);
  endpoint.registerFunction({ functionName: "after" }, after);
  const sfn = new SFNClient({
    endpoint: url,
    region: endpoint.region,
    credentials: { accessKeyId: "user", secretAccessKey: "user" },
  });
  const execute = async (input: object) => {
    const { executionArn } = await sfn.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
    );
    for (;;) {
      const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (execution.status !== "RUNNING") return execution;
      await sleep(20);
    }
  };
  return { ...clientsOf(endpoint), execute, thumbnails, before, after };
};

const powerValues = [128, "256", 1024, 2048];

describe("The deployed state machine takes an input of aws-lambda-power-tuning", { timeout: 60_000 }, () => {
  it("and does what it says, all of it", async () => {
    const { execute, lambda, thumbnails, before, after } = await installed();
    const { status, output = "" } = await execute({
      lambdaARN,
      powerValues,
      num: "12",
      payload: [
        { payload: { width: 1 }, weight: 5 },
        { payload: { width: 2 }, weight: 15 },
      ],
      parallelInvocation: false,
      strategy: "speed",
      autoOptimize: true,
      autoOptimizeAlias: "live",
      preProcessorARN: lambdaARN.replace("thumbnails", "before"),
      postProcessorARN: lambdaARN.replace("thumbnails", "after"),
      discardTopBottom: 0.2,
      sleepBetweenRunsMs: 1,
      disablePayloadLogs: true,
      includeOutputResults: true,
    });
    expect(status).toBe("SUCCEEDED");
    const report = reportSchema.parse(JSON.parse(output));
    expect(report.measurements.map(({ memorySizeMb, durationMs }) => [memorySizeMb, durationMs?.n])).toEqual([
      [128, 12],
      [256, 12],
      [1024, 12],
      [2048, 12],
    ]);
    expect(report.recommendation?.memorySizeMb).toBe(2048);
    expect(
      report.warnings.flatMap((each) => (each.kind === "incumbent-option-ignored" ? [each["option"]] : [])),
    ).toEqual(["discardTopBottom", "includeOutputResults"]);
    const events = thumbnails.invocations.map(({ event }) => JSON.stringify(event));
    expect(new Set(events)).toEqual(new Set(['{"prepared":{"width":1}}', '{"prepared":{"width":2}}']));
    expect(before.invocations).toHaveLength(thumbnails.invocations.length);
    expect(after.invocations.map(({ event }) => event)).toContainEqual({ made: 2048 });
    const alias = await lambda.send(new GetAliasCommand({ FunctionName: "thumbnails", Name: "live" }));
    const live = new GetFunctionConfigurationCommand({ FunctionName: "thumbnails", Qualifier: "live" });
    expect(alias.FunctionVersion).toMatch(/^\d+$/);
    expect((await lambda.send(live)).MemorySize).toBe(2048);
  });

  it.each([
    ["cost", undefined, 128],
    ["speed", undefined, 2048],
    ["balanced", 1, 128],
    ["balanced", 0, 2048],
  ])("and decides by its strategy %s, weight %s", async (strategy, balancedWeight, expected) => {
    const { execute, lambda } = await installed();
    const { output = "" } = await execute({ lambdaARN, powerValues, num: 5, strategy, balancedWeight });
    expect(reportSchema.parse(JSON.parse(output)).recommendation?.memorySizeMb).toBe(expected);
    const latest = new GetFunctionConfigurationCommand({ FunctionName: "thumbnails" });
    expect((await lambda.send(latest)).MemorySize).toBe(512);
  });

  it("with a payload in S3, sizes of its own choice and cold starts beside the warm ones, of which it warns", async () => {
    const { execute, s3, thumbnails } = await installed();
    const object = { Bucket: "lambda-tuner-reports", Key: "payloads/event.json" };
    await s3.send(new PutObjectCommand({ ...object, Body: '{"width": 3}' }));
    const { output = "" } = await execute({
      lambdaARN,
      num: 5,
      payloadS3: `s3://${object.Bucket}/${object.Key}`,
      parallelInvocation: true,
      onlyColdStarts: true,
    });
    const { measurements, warnings } = reportSchema.parse(JSON.parse(output));
    expect(measurements.map(({ memorySizeMb }) => memorySizeMb)).toEqual([128, 256, 512, 1024, 1536, 3008]);
    expect(warnings).toContainEqual(expect.objectContaining({ option: "onlyColdStarts" }));
    for (const { coldStart } of measurements) expect(coldStart?.n).toBeGreaterThanOrEqual(5);
    expect(new Set(thumbnails.invocations.map(({ event }) => JSON.stringify(event)))).toEqual(new Set(['{"width":3}']));
  });

  it("and, asked for a dry run, invokes the function once and changes nothing", async () => {
    const { execute, thumbnails } = await installed();
    const { status } = await execute({ lambdaARN, powerValues, num: 50, dryRun: true });
    expect([status, thumbnails.invocations.length]).toEqual(["SUCCEEDED", 1]);
  });

  it.each([
    ['{"width": 4}', { width: 4 }],
    ["{", "{"],
  ])("and sends the text %s as that tool does", async (payload, event) => {
    const { execute, thumbnails } = await installed();
    await execute({ lambdaARN, powerValues: [128, 256], num: 5, payload });
    expect(thumbnails.invocations[0]?.event).toEqual(event);
  });

  it("and refuses a faulty one in its own words", async () => {
    const { execute } = await installed();
    const { status, error, cause } = await execute({ lambdaARN, num: 5, powerValue: [128] });
    expect([status, error]).toEqual(["FAILED", "Tuner.InvalidRequest"]);
    expect(JSON.parse(cause ?? "")).toMatchObject({
      errorMessage: expect.stringContaining('did you mean "powerValues"'),
    });
  });
});
