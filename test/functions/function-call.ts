import {
  CreateTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  ResourceInUseException,
} from "@aws-sdk/client-dynamodb";
import { onTestFinished } from "vitest";
import { withEnvironment } from "../../functions/environment.ts";
import type { ExecutionState } from "../../functions/execution-state.ts";
import type { HandlerContext } from "../../functions/handler-context.ts";
import { handler as plan } from "../../functions/plan.ts";
import { type FunctionRunner } from "../../local/endpoint/function-runner.ts";
import {
  type Endpoint,
  type EndpointOptions,
  type FunctionDefinition,
  startEndpoint,
} from "../../local/endpoint/start-endpoint.ts";
import { scriptedRunner } from "../support/scripted-runner.ts";
import { clientsOf } from "../support/test-endpoint.ts";

/** An account with one function in it, and our functions called as Lambda would call them. */
export interface TestAccount {
  readonly endpoint: Endpoint;
  /** Calls one of our handlers with this account's environment. */
  call<Result>(
    handler: (event: unknown, context: HandlerContext) => Promise<Result>,
    event: unknown,
    context?: Partial<HandlerContext>,
  ): Promise<Result>;
  /** Plans a run of the request, the target filled in, and takes its lock. */
  plan(request?: Record<string, unknown>, runId?: string): Promise<ExecutionState>;
}

export const targetName = "target";

export const startAccount = async (
  options: EndpointOptions & {
    readonly definition?: Partial<FunctionDefinition>;
    readonly runner?: FunctionRunner;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<TestAccount> => {
  const { definition, runner = scriptedRunner(), environment = {}, ...endpointOptions } = options;
  const endpoint = await startEndpoint(endpointOptions);
  onTestFinished(() => endpoint.close());
  endpoint.registerFunction({ functionName: targetName, memorySizeMb: 512, timeoutSeconds: 10, ...definition }, runner);
  const variables = { ...endpoint.environment(), LOCK_TABLE_NAME: "locks", ...environment };
  const account: TestAccount = {
    endpoint,
    call: async (handler, event, context = {}) =>
      withEnvironment(variables, () => handler(event, { getRemainingTimeInMillis: () => 300_000, ...context })),
    plan: async (request = {}, runId = "run-1") => {
      const planned = await account.call(plan, planInput(request, runId));
      if ("dryRun" in planned) throw new TypeError("Expected a plan, got a dry run.");
      await acquireLock(endpoint, planned);
      return planned;
    },
  };
  return account;
};

/** What the state machine hands to Plan. */
export const planInput = (request: Record<string, unknown> = {}, runId = "run-1") => ({
  input: { functionArn: targetName, sampling: { method: "fixed", invocationsPerSize: 4 }, ...request },
  execution: { id: runId, startedAt: "2026-01-31T00:00:00.000Z" },
});

/** A client of the table of locks, which is made when there is none. */
export const createLockTable = async (endpoint: Endpoint): Promise<DynamoDBClient> => {
  const { dynamoDb } = clientsOf(endpoint);
  try {
    await dynamoDb.send(
      new CreateTableCommand({
        TableName: "locks",
        AttributeDefinitions: [{ AttributeName: "functionArn", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "functionArn", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  return dynamoDb;
};

/** Takes the lock of a planned run, as AcquireLock does. */
export const acquireLock = async (
  endpoint: Endpoint,
  { run, target, lock }: ExecutionState,
  expiresAt = lock.expiresAt,
): Promise<void> => {
  const dynamoDb = await createLockTable(endpoint);
  await dynamoDb.send(
    new PutItemCommand({
      TableName: "locks",
      Item: {
        functionArn: { S: target.functionArn },
        runId: { S: run.id },
        executionArn: { S: `arn:aws:states:us-east-1:123456789012:execution:tuner:${run.id}` },
        acquiredAt: { N: lock.acquiredAt },
        expiresAt: { N: expiresAt },
        forgetAt: { N: lock.forgetAt },
        original: { S: JSON.stringify(target.original) },
      },
    }),
  );
};
