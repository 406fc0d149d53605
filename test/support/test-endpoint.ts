import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import type { FunctionRunner } from "../../local/endpoint/function-runner.ts";
import {
  type Endpoint,
  type EndpointOptions,
  type FunctionDefinition,
  startEndpoint,
} from "../../local/endpoint/start-endpoint.ts";
import { createSimulatedRunner } from "../../local/simulation/simulated-runner.ts";
import { parseSimulation, type SimulationFile } from "../../local/simulation/simulation-file.ts";

/** An endpoint that closes when its test ends. */
export const startTestEndpoint = async (options: EndpointOptions = {}): Promise<Endpoint> => {
  const endpoint = await startEndpoint(options);
  onTestFinished(() => endpoint.close());
  return endpoint;
};

/** Registers a simulated function; 1/m from 1,000 ms at 128 MB unless told otherwise. */
export const registerSimulation = (
  endpoint: Endpoint,
  definition: FunctionDefinition,
  simulation: SimulationFile = { memoryMB: [128, 1024], meanDurationMs: [1000, 125] },
  seed = 1,
): FunctionRunner => {
  const runner = createSimulatedRunner(parseSimulation(simulation), seed);
  endpoint.registerFunction(definition, runner);
  return runner;
};

/** SDK clients of an endpoint. They do not retry unless told to, so that a test sees every answer. */
export const clientsOf = (endpoint: Endpoint, maxAttempts = 1) => {
  const settings = {
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts,
  };
  return {
    lambda: new LambdaClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    dynamoDb: new DynamoDBClient(settings),
    events: new EventBridgeClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
  };
};

/** A clock that stands until it is moved. */
export const manualClock = (startMs = Date.UTC(2026, 0, 31)): { now: () => number; advance: (ms: number) => void } => {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
  };
};
