import { DynamoDBClient, type DynamoDBClientConfig, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import type { TuningRequestInput } from "../../../core/request/schema.ts";
import { type CleanedRuns, handler as cleanUp } from "../../../functions/clean-up.ts";
import { type FunctionHistory, loadProductionHistory } from "../../../local/endpoint/cloudwatch/production-history.ts";
import type { HostEvent } from "../../../local/endpoint/execution-host.ts";
import { environmentFor, lockTableName } from "../../../local/engine-environment.ts";
import { type Engine, startEngine, type TuneResult } from "../../../local/engine.ts";
import { callFunction } from "../../../local/host/function-task.ts";
import { parseSimulation } from "../../../local/simulation/simulation-file.ts";

/** Something that happens to a tuner, on an engine with a function `target` and one `processor`. */
export type Scenario = (engine: Engine, onEvent: (event: HostEvent) => void) => Promise<readonly TuneResult[]>;

const eventSourceArn = "arn:aws:sqs:us-east-1:123456789012:jobs";

/** Plays a scenario on an engine of its own. */
export const play = async <Result>(
  scenario: Scenario,
  resultOf: (engine: Engine, results: readonly TuneResult[], events: readonly HostEvent[]) => Result,
): Promise<Result> => {
  const engine = await startEngine({
    targets: [
      {
        name: "target",
        simulation: parseSimulation({ memoryMB: [128, 1024], meanDurationMs: [400, 50] }),
        settings: { memorySizeMb: 512, timeoutSeconds: 10, tracing: "Active", eventSources: [{ eventSourceArn }] },
      },
      { name: "processor", simulation: parseSimulation({ memoryMB: [128], meanDurationMs: [5] }) },
    ],
    retryIntervalMs: 1,
  });
  const events: HostEvent[] = [];
  try {
    await storePayload(engine);
    const results = await scenario(engine, (event) => void events.push(event));
    return resultOf(engine, results, events);
  } finally {
    await engine.close();
  }
};

const request: TuningRequestInput = {
  functionArn: "target",
  memory: { sizesMb: [128, 512, 1024] },
  sampling: { method: "fixed", invocationsPerSize: 10 },
};

const payloads = { s3Uri: "s3://lambda-tuner-reports/payloads/one.json" };

const production: FunctionHistory = {
  days: 14,
  invocations: 140_000,
  durationsMs: [80, 90, 100],
  errors: 0,
  throttles: 0,
  maxConcurrentExecutions: 9,
};

/** A run of everything that a request can ask for, and a second one that moves the alias which the first one made. */
export const appliedRuns: Scenario = async (engine, onEvent) => {
  loadProductionHistory(engine.endpoint.metrics, "target", production, Date.now() - 120_000);
  const first = await engine.tune(
    {
      ...request,
      payloads,
      preProcessorArn: "processor",
      postProcessorArn: "processor",
      apply: { memory: true, alias: "live" },
    },
    { onEvent },
  );
  const second = await engine.tune(
    { ...request, functionArn: "target:live", apply: { timeout: true, alias: "live" } },
    { onEvent },
  );
  return [first, second];
};

export const dryRun: Scenario = async (engine, onEvent) => [
  await engine.tune({ ...request, payloads, preProcessorArn: "processor", dryRun: true }, { onEvent }),
];

/** Fails when the second size is set, and again when it restores: what is left is CleanUp's to put back. */
export const failedRun: Scenario = async (engine, onEvent) => {
  engine.endpoint.injectFault({
    operation: "UpdateFunctionConfiguration",
    after: 1,
    times: 2,
    error: { status: 403, type: "AccessDeniedException" },
  });
  return ended(engine.tune(request, { onEvent }));
};

/** Somebody presses "Stop execution" while it measures. */
export const stoppedRun: Scenario = async (engine, onEvent) => {
  const stop = new AbortController();
  const stopWhenMeasuring = (event: HostEvent): void => {
    onEvent(event);
    if (event.kind === "state-entered" && event.state.name === "Measure") stop.abort();
  };
  return ended(engine.tune(request, { signal: stop.signal, onEvent: stopWhenMeasuring }));
};

/** Stopped, and the clean-up that the rule calls fails too: the daily sweep finds the lock once it has expired. */
export const sweptRun: Scenario = async (engine, onEvent) => {
  let isFirstDay = true;
  engine.endpoint.injectFault({
    operation: "DeleteFunction",
    times: 100,
    matches: () => isFirstDay,
    error: { status: 403, type: "AccessDeniedException" },
  });
  await stoppedRun(engine, onEvent);
  isFirstDay = false;
  await expireLock(engine);
  const { cleaned } = await sweep(engine);
  if (cleaned.length !== 1) throw new TypeError(`Expected the sweep to find one target, got ${cleaned.length}.`);
  return [];
};

/** The lock of the target, as old as it is the next day. */
const expireLock = async (engine: Engine): Promise<void> => {
  await clientOf(DynamoDBClient, engine).send(
    new UpdateItemCommand({
      TableName: lockTableName,
      Key: { functionArn: { S: targetArn(engine) } },
      UpdateExpression: "SET expiresAt = :past",
      ConditionExpression: "attribute_exists(runId)",
      ExpressionAttributeValues: { ":past": { N: "1" } },
    }),
  );
};

/** What the daily rule calls. */
const sweep = async ({ endpoint }: Engine): Promise<CleanedRuns> => {
  const environment = environmentFor(endpoint, "clean-up", () => undefined);
  const settings = { handler: cleanUp, environment, timeoutMs: 120_000 };
  return (await callFunction(settings, { "detail-type": "Scheduled Event" }, neverAborted)) as CleanedRuns;
};

const neverAborted = new AbortController().signal;

const targetArn = ({ endpoint: { region, accountId } }: Engine): string =>
  `arn:aws:lambda:${region}:${accountId}:function:target`;

/** Another run holds the target. */
export const refusedRun: Scenario = async (engine, onEvent) => {
  await clientOf(DynamoDBClient, engine).send(
    new PutItemCommand({
      TableName: lockTableName,
      Item: {
        functionArn: { S: targetArn(engine) },
        runId: { S: "other-run" },
        expiresAt: { N: "9999999999" },
      },
    }),
  );
  return ended(engine.tune(request, { onEvent }));
};

/** Whatever became of a run. */
const ended = async (run: Promise<TuneResult>): Promise<readonly TuneResult[]> => {
  try {
    return [await run];
  } catch {
    return [];
  }
};

const storePayload = async (engine: Engine): Promise<void> => {
  await clientOf(S3Client, engine).send(
    new PutObjectCommand({ Bucket: "lambda-tuner-reports", Key: "payloads/one.json", Body: "{}" }),
  );
};

/** A client of somebody who is none of the roles. */
const clientOf = <Client>(
  Service: new (settings: S3ClientConfig & DynamoDBClientConfig) => Client,
  { endpoint }: Engine,
): Client =>
  new Service({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: "somebody-else", secretAccessKey: "test" },
    forcePathStyle: true,
  });
