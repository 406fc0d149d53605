import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from "@aws-sdk/client-dynamodb";
import { RunFailedError } from "../core/errors/run-failed-error.ts";
import { handler as cleanUp } from "../functions/clean-up.ts";
import type { EngineFacts } from "../functions/engine-facts.ts";
import { environmentFor, lockTableName, serviceAccess } from "./engine-environment.ts";
import type { ExecutionHost, ExecutionStatusChange } from "./endpoint/execution-host.ts";
import type { Endpoint } from "./endpoint/start-endpoint.ts";
import { callFunction } from "./host/function-task.ts";
import { createHost } from "./host/host.ts";
import { TaskFailure } from "./host/task-failure.ts";

/** How lambda-tuner is set up on an endpoint. */
export interface DeploymentOptions {
  /** What reports must say of how a function ran, by its name; absent for those that say nothing. */
  readonly factsOf: (functionName: string) => EngineFacts | undefined;
  /** Default: the name that the stack gives to a tuner without a name of its own. */
  readonly stateMachineName?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Replaces the waits before the state machine's retries, in milliseconds: for tests. */
  readonly retryIntervalMs?: number;
  /** Replaces the timeouts of our functions, in milliseconds, by the name of their file: for tests. */
  readonly functionTimeoutsMs?: Readonly<Record<string, number>>;
}

/** lambda-tuner as the account of an endpoint has it: its state machine, and the clean-up that rules call in AWS. */
export interface Deployment extends ExecutionHost {
  /** The clean-up after a failed or stopped execution; the endpoint awaits it before it closes. */
  statusChanged(change: ExecutionStatusChange): Promise<void>;
  /**
   * Takes what a run left off its target; of every run whose lock has expired, when none is named.
   *
   * @throws {@link RunFailedError} under the clean-up's own error name, when something is left.
   */
  restore(runId?: string): Promise<void>;
}

/** Bucket that reports are stored in. */
export const reportBucketName = "lambda-tuner-reports";

/** Deploys lambda-tuner to an endpoint: the lock table, and the state machine with its functions. */
export const deployTo = async (endpoint: Endpoint, options: DeploymentOptions): Promise<Deployment> => {
  await createLockTable(endpoint);
  const { retryIntervalMs, functionTimeoutsMs, tags } = options;
  const host = createHost({
    access: serviceAccess(endpoint, "state-machine"),
    accountId: endpoint.accountId,
    lockTableName,
    reportBucketName,
    eventBusName: "default",
    environmentOf: (name, input) => environmentFor(endpoint, name, options.factsOf, input),
    ...(retryIntervalMs === undefined ? {} : { retryIntervalMs }),
    ...(functionTimeoutsMs === undefined ? {} : { functionTimeoutsMs }),
  });
  const callCleanUp = async (event: unknown): Promise<void> => {
    const environment = environmentFor(endpoint, "clean-up", options.factsOf);
    await callFunction({ handler: cleanUp, environment, timeoutMs: cleanUpTimeoutMs }, event, neverAborted);
  };
  return {
    stateMachineName: options.stateMachineName ?? "lambda-tuner-default",
    definition: host.definition,
    ...(tags === undefined ? {} : { tags }),
    run: async (run) => host.run(run),
    statusChanged: async (change) => {
      if (change.status === "SUCCEEDED") return;
      await callCleanUp({
        source: "aws.states",
        "detail-type": "Step Functions Execution Status Change",
        detail: change,
      });
    },
    restore: async (runId) => {
      try {
        await callCleanUp({ restore: runId === undefined ? {} : { runId } });
      } catch (error) {
        throw error instanceof TaskFailure ? new RunFailedError(runId ?? "", error.name, error.message) : error;
      }
    },
  };
};

const cleanUpTimeoutMs = 120_000;
const neverAborted = new AbortController().signal;

const createLockTable = async (endpoint: Endpoint): Promise<void> => {
  const client = new DynamoDBClient(serviceAccess(endpoint, "deployment"));
  try {
    await client.send(
      new CreateTableCommand({
        TableName: lockTableName,
        AttributeDefinitions: [{ AttributeName: "functionArn", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "functionArn", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
};
