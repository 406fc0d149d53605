import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { z } from "zod";
import { LockLostError } from "../../core/errors/lock-lost-error.ts";
import { type TargetConfiguration, targetConfigurationSchema } from "../../core/run/target.ts";
import { environment } from "../environment.ts";
import { dynamoDbClient } from "./clients.ts";

/** The record that a run keeps while it holds a target. */
export interface Lock {
  readonly functionArn: string;
  readonly runId: string;
  readonly executionArn: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** The target's configuration before the run. */
  readonly original: TargetConfiguration;
}

const text = z.object({ S: z.string() }).transform(({ S }) => S);
const epochSeconds = z.object({ N: z.string() }).transform(({ N }) => Number(N));

/** A lock as it stands in the table, and as the state machine hands it over. */
export const lockItemSchema = z
  .looseObject({
    functionArn: text,
    runId: text,
    executionArn: text,
    expiresAt: epochSeconds,
    original: text.transform((json) => targetConfigurationSchema.parse(JSON.parse(json))),
  })
  .transform(
    ({ functionArn, runId, executionArn, expiresAt, original }): Lock => ({
      functionArn,
      runId,
      executionArn,
      expiresAt,
      original,
    }),
  );

/** Every lock there is: one a run that is under way, or that ended badly. */
export const readLocks = async (): Promise<Lock[]> => {
  const locks: Lock[] = [];
  for await (const page of paginateScan(
    { client: dynamoDbClient() },
    { TableName: tableName(), ConsistentRead: true },
  )) {
    locks.push(...(page.Items ?? []).map((item: Record<string, AttributeValue>) => lockItemSchema.parse(item)));
  }
  return locks;
};

/**
 * Makes sure that a run still holds its target: a function that was called may outlive its execution.
 *
 * @throws {@link LockLostError} when the lock is gone, or another run's by now.
 */
export const requireLock = async ({ functionArn, runId }: Pick<Lock, "functionArn" | "runId">): Promise<void> => {
  const { Item: item } = await dynamoDbClient().send(
    new GetItemCommand({
      TableName: tableName(),
      Key: { functionArn: { S: functionArn } },
      ProjectionExpression: "runId",
      ConsistentRead: true,
    }),
  );
  if (item?.["runId"]?.S !== runId) throw new LockLostError(functionArn, runId);
};

/** Removes a run's lock, unless another run holds the target by now. */
export const releaseLock = async ({ functionArn, runId }: Pick<Lock, "functionArn" | "runId">): Promise<void> => {
  try {
    await dynamoDbClient().send(
      new DeleteItemCommand({
        TableName: tableName(),
        Key: { functionArn: { S: functionArn } },
        ConditionExpression: "runId = :runId",
        ExpressionAttributeValues: { ":runId": { S: runId } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};

const tableName = (): string => {
  const name = environment()["LOCK_TABLE_NAME"];
  if (name === undefined) throw new TypeError("The environment variable LOCK_TABLE_NAME is missing.");
  return name;
};
