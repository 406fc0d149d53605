import { getMetricData } from "./cloudwatch/get-metric-data.ts";
import { createMetricStore, type MetricStore } from "./cloudwatch/metric-store.ts";
import { dynamoDbService } from "./dynamodb/dynamodb-service.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import { putEvents } from "./events/put-events.ts";
import { cloudFormationService } from "./cloudformation/cloudformation-service.ts";
import type { ExecutionHost } from "./execution-host.ts";
import { createFaultQueue, type Fault } from "./fault-plan.ts";
import type { FunctionDefinition } from "./function-definition.ts";
import type { FunctionRunner } from "./function-runner.ts";
import { answerCall } from "./http/answer-call.ts";
import { listenOnLoopback } from "./http/listen.ts";
import { jsonTargetService, restJsonService, type Service } from "./http/service.ts";
import { type LambdaAccount, registerFunction } from "./lambda/lambda-account.ts";
import { lambdaOperations } from "./lambda/operations.ts";
import { otherLambdaOperation } from "./lambda/other-operations.ts";
import { withRateLimit } from "./lambda/rate-limit.ts";
import type { RecordedCall } from "./recorded-call.ts";
import { folderObjectStore, memoryObjectStore, type ObjectStore } from "./s3/object-store.ts";
import { s3Service } from "./s3/s3-service.ts";
import { getParameter } from "./ssm/get-parameter.ts";
import type { Stack } from "./stack.ts";
import { attachHost, type StepFunctionsAccount, stopAll } from "./step-functions/execution-record.ts";
import { executionOperations } from "./step-functions/executions.ts";
import { type RecordedExecution, recordExecution } from "./step-functions/run-execution.ts";
import { machineOf, stateMachineOperations } from "./step-functions/state-machines.ts";
import { sqsService } from "./sqs/sqs-service.ts";
import { stsService } from "./sts/sts-service.ts";
import { batchGetTraces } from "./xray/batch-get-traces.ts";
import { putTraceSegments } from "./xray/put-trace-segments.ts";
import { createTraceStore } from "./xray/trace-store.ts";

export type { EndpointOptions } from "./endpoint-options.ts";
export type { Fault, FaultPlan } from "./fault-plan.ts";
export type { FunctionDefinition } from "./function-definition.ts";
export type { InvocationEvent } from "./invocation-event.ts";
export type { RecordedCall } from "./recorded-call.ts";

/** AWS on loopback: the APIs that the tuner's functions call, with AWS's semantics. */
export interface Endpoint {
  readonly url: string;
  readonly port: number;
  readonly region: string;
  readonly accountId: string;
  /** Metrics that `GetMetricData` reads: invocations put theirs here, and so may a production history. */
  readonly metrics: MetricStore;
  /** Objects that S3 has: calls put theirs here, and so may payloads of a run. */
  readonly objects: ObjectStore;
  /** Adds a function, or replaces the one of that name. The endpoint closes the runner when it closes. */
  registerFunction(definition: FunctionDefinition, runner: FunctionRunner): void;
  /** Adds a state machine that this host runs. @returns Its ARN. */
  attachExecutionHost(host: ExecutionHost): string;
  /** Records an execution of an attached host that the caller runs itself. @param input - JSON text. */
  recordExecution(stateMachineArn: string, name: string, input: string): RecordedExecution;
  /** Adds a CloudFormation stack, or replaces the one of that name. */
  deployStack(stack: Stack): void;
  /** Environment variables that point any AWS client at this endpoint. */
  environment(): Record<string, string>;
  /** The API calls so far, oldest first: the last 100,000 of them. */
  calls(): readonly RecordedCall[];
  /** Adds a fault to those still to come. */
  injectFault(fault: Fault): void;
  /** Ends every environment and stops listening. */
  close(): Promise<void>;
}

/** Calls that are remembered. */
const mostCalls = 100_000;

/**
 * Starts the endpoint on 127.0.0.1.
 *
 * @throws {@link PortInUseError} when the port is taken.
 */
export const startEndpoint = async (options: EndpointOptions = {}): Promise<Endpoint> => {
  const account = lambdaAccount(options);
  const { region, accountId } = account;
  const metrics = createMetricStore();
  const objects = options.objectsFolder === undefined ? memoryObjectStore() : folderObjectStore(options.objectsFolder);
  const faults = createFaultQueue(options.faults ?? []);
  const closing = new AbortController();
  const calls: RecordedCall[] = [];
  const stepFunctions: StepFunctionsAccount = { region, accountId, clock: account.clock, machines: new Map() };
  const stacks = new Map<string, Stack>();
  let url = "";
  const address = (): string => url;
  const state = { account, metrics, objects, stepFunctions, stacks, closing: closing.signal, address };
  const services = endpointServices(options, state);
  const record = (call: RecordedCall): void => {
    if (calls.length >= mostCalls) calls.shift();
    calls.push(call);
  };
  const listening = await listenOnLoopback(options.port ?? 0, (call) =>
    answerCall(call, services, region, faults, record),
  );
  url = `http://127.0.0.1:${listening.port}`;
  return {
    url,
    port: listening.port,
    region,
    accountId,
    metrics,
    objects,
    registerFunction: (definition, runner) => {
      registerFunction(account, definition, runner);
    },
    attachExecutionHost: (host) => attachHost(stepFunctions, host),
    recordExecution: (stateMachineArn, name, input) =>
      recordExecution(stepFunctions, machineOf(stepFunctions, stateMachineArn), name, input),
    deployStack: (stack) => {
      stacks.set(stack.stackName, stack);
    },
    environment: () => clientEnvironment(url, region),
    calls: () => [...calls],
    injectFault: (fault) => {
      faults.add(fault);
    },
    close: async () => {
      closing.abort();
      await stopAll(stepFunctions);
      await listening.close();
      await Promise.all([...account.functions.values()].map(({ runner }) => runner.close()));
    },
  };
};

const lambdaAccount = (options: EndpointOptions): LambdaAccount => ({
  accountId: options.accountId ?? "123456789012",
  region: options.region ?? "us-east-1",
  limits: {
    maxMemoryMb: options.account?.maxMemoryMb ?? 10_240,
    concurrentExecutions: options.account?.concurrentExecutions ?? 1000,
    unreservedConcurrency: options.account?.unreservedConcurrency,
    controlPlaneRate: options.account?.controlPlaneRate,
  },
  controlPlaneDelayMs: options.controlPlaneDelayMs ?? 0,
  clock: options.clock ?? Date.now,
  functions: new Map(),
});

/** What the services of one endpoint work on. */
interface EndpointState {
  readonly account: LambdaAccount;
  readonly metrics: MetricStore;
  readonly objects: ObjectStore;
  readonly stepFunctions: StepFunctionsAccount;
  readonly stacks: ReadonlyMap<string, Stack>;
  readonly closing: AbortSignal;
  /** The endpoint's own URL, known once it listens. */
  readonly address: () => string;
}

const endpointServices = (
  options: EndpointOptions,
  { account, metrics, objects, stepFunctions, stacks, closing, address }: EndpointState,
): readonly Service[] => {
  const { region, accountId } = account;
  const traces = createTraceStore();
  const effects = { metrics, traces, onInvocation: options.onInvocation ?? (() => undefined), closing };
  const onEvent = options.onEvent ?? (() => undefined);
  return [
    restJsonService(
      "lambda",
      /^\/20\d\d-\d\d-\d\d\//,
      withRateLimit(account, lambdaOperations(account, effects)),
      otherLambdaOperation,
    ),
    jsonTargetService("cloudwatch", "monitoring", "GraniteServiceVersion20100801", [getMetricData(metrics)]),
    dynamoDbService(region, accountId),
    jsonTargetService("events", "events", "AWSEvents", [putEvents(region, accountId, onEvent)]),
    jsonTargetService("states", "states", "AWSStepFunctions", [
      ...executionOperations(stepFunctions),
      ...stateMachineOperations(stepFunctions),
    ]),
    restJsonService(
      "xray",
      /^\/Trace(s|Segments)$/,
      [batchGetTraces(traces), putTraceSegments(traces)],
      () => undefined,
    ),
    jsonTargetService("ssm", "ssm", "AmazonSSM", [getParameter(region, accountId, stacks)]),
    cloudFormationService(region, accountId, stacks),
    stsService(accountId),
    sqsService(account, address),
    s3Service(objects),
  ];
};

/** Dummy credentials: clients sign with them, the endpoint verifies nothing. */
const clientEnvironment = (url: string, region: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_SESSION_TOKEN: "",
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: "true",
});
