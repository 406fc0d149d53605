import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { randomBytes } from "node:crypto";
import { RunFailedError } from "../core/errors/run-failed-error.ts";
import { RunInterruptedError } from "../core/errors/run-interrupted-error.ts";
import { type DryRun, dryRunSchema } from "../core/planning/dry-run.ts";
import { type Report, reportSchema } from "../core/report/schema.ts";
import { handler as cleanUp } from "../functions/clean-up.ts";
import type { HostEvent } from "./endpoint/execution-host.ts";
import { type Endpoint, startEndpoint } from "./endpoint/start-endpoint.ts";
import type { EngineOptions } from "./engine-options.ts";
import { type ReadyTarget, readyTarget } from "./engine-targets.ts";
import { environmentFor, lockTableName, serviceAccess } from "./engine-environment.ts";
import { callFunction } from "./host/function-task.ts";
import { createHost, type Host } from "./host/host.ts";

export type { EngineOptions, EngineTarget, TargetSettings } from "./engine-options.ts";

/** How one run is made. */
export interface TuneOptions {
  /** Default: one made of the time and chance. */
  readonly runId?: string;
  /** Aborting it stops new work, cleans up, and rejects with `RunInterruptedError`. */
  readonly signal?: AbortSignal;
  /** Everything that happens in the state machine. */
  readonly onEvent?: (event: HostEvent) => void;
}

/** What a run gives: its report, or what a dry run shows instead. */
export type TuneResult =
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "dry-run"; readonly dryRun: DryRun };

/** The embedded engine: AWS on loopback, targets to tune, and the state machine. */
export interface Engine {
  readonly endpoint: Endpoint;
  /**
   * Runs the state machine once.
   *
   * @throws {@link RunFailedError} when the run fails; {@link RunInterruptedError} when it is stopped.
   */
  tune(request: unknown, options?: TuneOptions): Promise<TuneResult>;
  /** Takes what a run left off its target; of every run that left something, when none is named. */
  restore(runId?: string): Promise<void>;
  /** Ends every environment and stops listening. */
  close(): Promise<void>;
}

/** Starts the engine: endpoint, lock table, targets. */
export const startEngine = async (options: EngineOptions): Promise<Engine> => {
  const { targets, sandbox: _sandbox, retryIntervalMs, ...endpointOptions } = options;
  const ready = await Promise.all(targets.map(async (target) => readyTarget(target, options)));
  const endpoint = await startEndpoint(endpointOptions);
  for (const { definition, runner } of ready) endpoint.registerFunction(definition, runner);
  await createLockTable(endpoint);
  const host = createHost({
    access: serviceAccess(endpoint, "state-machine"),
    accountId: endpoint.accountId,
    lockTableName,
    reportBucketName: "lambda-tuner-reports",
    eventBusName: "default",
    environmentOf: (name, input) => environmentFor(endpoint, name, ready, input),
    ...(retryIntervalMs === undefined ? {} : { retryIntervalMs }),
  });
  return {
    endpoint,
    tune: async (request, tuneOptions = {}) => tune(host, endpoint, ready, request, tuneOptions),
    restore: async (runId) => restore(endpoint, ready, runId),
    close: async () => endpoint.close(),
  };
};

const tune = async (
  host: Host,
  endpoint: Endpoint,
  ready: readonly ReadyTarget[],
  request: unknown,
  { runId = newRunId(), signal = new AbortController().signal, onEvent }: TuneOptions,
): Promise<TuneResult> => {
  let report: Report | undefined;
  try {
    const end = await host.run({
      executionArn: `arn:aws:states:${endpoint.region}:${endpoint.accountId}:execution:lambda-tuner:${runId}`,
      name: runId,
      startedAt: new Date(),
      input: request,
      signal,
      onEvent: (event) => {
        report = reportIn(event) ?? report;
        onEvent?.(event);
      },
    });
    if (end.status === "SUCCEEDED") return resultOf(end.output);
    await restore(endpoint, ready, runId);
    throw new RunFailedError(runId, end.error, end.cause, report);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw await interruption(endpoint, ready, runId);
  }
};

const interruption = async (
  endpoint: Endpoint,
  ready: readonly ReadyTarget[],
  runId: string,
): Promise<RunInterruptedError> => {
  try {
    await restore(endpoint, ready, runId);
    return new RunInterruptedError(runId, true);
  } catch (error) {
    return new RunInterruptedError(runId, false, { cause: error });
  }
};

/** In AWS a rule calls CleanUp at the end of a failed or stopped execution, and the daily sweep does. */
const restore = async (endpoint: Endpoint, ready: readonly ReadyTarget[], runId?: string): Promise<void> => {
  await callFunction(
    { handler: cleanUp, environment: environmentFor(endpoint, "clean-up", ready), timeoutMs: cleanUpTimeoutMs },
    { restore: runId === undefined ? {} : { runId } },
    new AbortController().signal,
  );
};

const cleanUpTimeoutMs = 120_000;

const resultOf = (output: unknown): TuneResult => {
  const dryRun = dryRunSchema.safeParse(output);
  return dryRun.success
    ? { kind: "dry-run", dryRun: dryRun.data }
    : { kind: "report", report: reportSchema.parse(output) };
};

/** A run can fail after its report is made: when something is left of it, or could not be applied. */
const reportIn = (event: HostEvent): Report | undefined => {
  if (event.kind !== "state-entered" || event.state.name !== "StoreReport") return undefined;
  const { input } = event;
  if (typeof input !== "object" || input === null || !("report" in input)) return undefined;
  return reportSchema.safeParse(input.report).data;
};

const createLockTable = async (endpoint: Endpoint): Promise<void> => {
  const client = new DynamoDBClient(serviceAccess(endpoint, "deployment"));
  await client.send(
    new CreateTableCommand({
      TableName: lockTableName,
      AttributeDefinitions: [{ AttributeName: "functionArn", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "functionArn", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
};

/** Sorts by time, and is a name that Step Functions takes. */
const newRunId = (): string =>
  `${new Date().toISOString().replaceAll(/[:.]/g, "-").slice(0, -5)}-${randomBytes(3).toString("hex")}`;
