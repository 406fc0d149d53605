import { DynamoDBClient, type DynamoDBClientConfig, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { readFileSync } from "node:fs";
import type { TuningRequestInput } from "../../../core/request/schema.ts";
import { type CleanedRuns, handler as cleanUp } from "../../../functions/clean-up.ts";
import { functionNames, pascalCase } from "../../../infra/functions/function-names.ts";
import type { HostEvent } from "../../../local/endpoint/execution-host.ts";
import { environmentFor, lockTableName } from "../../../local/engine-environment.ts";
import { type Engine, startEngine } from "../../../local/engine.ts";
import { callFunction } from "../../../local/host/function-task.ts";
import { parseSimulation } from "../../../local/simulation/simulation-file.ts";
import { type Call, keyOf } from "./policies.ts";

/** Every kind of call that the roles of a tuner make in the scenarios below, each once. */
export const recordCalls = async (): Promise<readonly Call[]> => {
  const calls: Call[] = [];
  for (const scenario of [appliedRuns, dryRun, failedRun, stoppedRun, sweptRun, refusedRun]) {
    calls.push(...(await callsOf(scenario)));
  }
  return [...new Map(calls.map((call) => [keyOf(call), call])).values()];
};

type Scenario = (engine: Engine, onEvent: (event: HostEvent) => void) => Promise<unknown>;

const callsOf = async (scenario: Scenario): Promise<readonly Call[]> => {
  const engine = await startEngine({
    targets: [
      {
        name: "target",
        simulation: parseSimulation({ memoryMB: [128, 1024], meanDurationMs: [400, 50] }),
        settings: { memorySizeMb: 512, timeoutSeconds: 10, tracing: "Active" },
      },
      { name: "processor", simulation: parseSimulation({ memoryMB: [128], meanDurationMs: [5] }) },
    ],
    retryIntervalMs: 1,
  });
  const entered: HostEvent[] = [];
  try {
    await storePayload(engine);
    await scenario(engine, (event) => void entered.push(event));
    return [...callsOfRoles(engine), ...entered.flatMap((event) => callOfFunction(engine, event))];
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

/** A run of everything that a request can ask for, and a second one that moves the alias which the first one made. */
const appliedRuns: Scenario = async (engine, onEvent) => {
  await engine.tune(
    {
      ...request,
      payloads,
      preProcessorArn: "processor",
      postProcessorArn: "processor",
      apply: { memory: true, alias: "live" },
    },
    { onEvent },
  );
  await engine.tune({ ...request, functionArn: "target:live", apply: { timeout: true, alias: "live" } }, { onEvent });
};

const dryRun: Scenario = async (engine, onEvent) =>
  engine.tune({ ...request, payloads, preProcessorArn: "processor", dryRun: true }, { onEvent });

/** Fails when the second size is set, and again when it restores: what is left is CleanUp's to put back. */
const failedRun: Scenario = async (engine, onEvent) => {
  engine.endpoint.injectFault({
    operation: "UpdateFunctionConfiguration",
    after: 1,
    times: 2,
    error: { status: 403, type: "AccessDeniedException" },
  });
  await engine.tune(request, { onEvent }).catch(() => undefined);
};

/** Somebody presses "Stop execution" while it measures. */
const stoppedRun: Scenario = async (engine, onEvent) => {
  const stop = new AbortController();
  const stopWhenMeasuring = (event: HostEvent): void => {
    onEvent(event);
    if (event.kind === "state-entered" && event.state.name === "Measure") stop.abort();
  };
  await engine.tune(request, { signal: stop.signal, onEvent: stopWhenMeasuring }).catch(() => undefined);
};

/** Stopped, and the clean-up that the rule calls fails too: the daily sweep finds the lock once it has expired. */
const sweptRun: Scenario = async (engine, onEvent) => {
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
const refusedRun: Scenario = async (engine, onEvent) => {
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
  await engine.tune(request, { onEvent }).catch(() => undefined);
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

const roles: readonly string[] = [...functionNames, "state-machine"];

/** The engine gives each function, and the state machine's integrations, an access key of that name. */
const callsOfRoles = ({ endpoint }: Engine): readonly Call[] =>
  endpoint
    .calls()
    .filter(({ accessKeyId = "" }) => roles.includes(accessKeyId))
    .map(({ accessKeyId: role = "", iamAction: action, resource }) => ({ role, action, resource }));

/** The engine calls functions in its own process; in AWS the state machine needs the permission to. */
const callOfFunction = ({ endpoint }: Engine, event: HostEvent): readonly Call[] => {
  if (event.kind !== "state-entered") return [];
  const name = functionOfState(event.state.name);
  if (name === undefined) return [];
  const resource = `arn:aws:lambda:${endpoint.region}:${endpoint.accountId}:function:lambda-tuner-${name}`;
  return [{ role: "state-machine", action: "lambda:InvokeFunction", resource }];
};

const definition = readFileSync("statemachine/tuning.asl.json", "utf8");

const functionOfState = (state: string): string | undefined => {
  const start = definition.indexOf(`"${state}": {`);
  const placeholder = /"Resource": "\$\{(\w+)FunctionArn\}"/.exec(definition.slice(start, start + 600))?.[1];
  return functionNames.find((name) => pascalCase(name) === placeholder);
};
