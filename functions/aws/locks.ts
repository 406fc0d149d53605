import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  paginateScan,
  UpdateItemCommand,
  type UpdateItemCommandInput,
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
  /** What `$LATEST` may have by the run's own doing, in MB: none but while Provision works. */
  readonly trialSizesMb: readonly number[];
}

type LockKey = Pick<Lock, "functionArn" | "runId">;

const text = z.object({ S: z.string() }).transform(({ S }) => S);
const numbers = z.object({ NS: z.array(z.string()) }).transform(({ NS }) => NS.map(Number));
const epochSeconds = z.object({ N: z.string() }).transform(({ N }) => Number(N));

/** A lock as it stands in the table, and as the state machine hands it over. */
export const lockItemSchema = z
  .looseObject({
    functionArn: text,
    runId: text,
    executionArn: text,
    expiresAt: epochSeconds,
    original: text.transform((json) => targetConfigurationSchema.parse(JSON.parse(json))),
    trialSizesMb: numbers.default([]),
  })
  .transform(
    ({ functionArn, runId, executionArn, expiresAt, original, trialSizesMb }): Lock => ({
      functionArn,
      runId,
      executionArn,
      expiresAt,
      original,
      trialSizesMb,
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

/** The sizes that a run's lock says `$LATEST` may have by its doing, in MB. */
export const readTrialSizes = async ({ functionArn, runId }: LockKey): Promise<readonly number[]> =>
  (await readLocks()).find((lock) => lock.functionArn === functionArn && lock.runId === runId)?.trialSizesMb ?? [];

/**
 * Writes into a run's lock which sizes `$LATEST` may have from now on, before it is set to one.
 *
 * The mark on `$LATEST` says that too, until somebody writes another description over it.
 *
 * @param sizesMb - The one that it has, and the one that it is to have.
 * @throws {@link LockLostError} when the lock is gone, or another run's by now.
 */
export const noteTrialSizes = async (lock: LockKey, sizesMb: readonly number[]): Promise<void> => {
  const isHeld = await updateHeld(lock, {
    UpdateExpression: "SET trialSizesMb = :sizes",
    ExpressionAttributeValues: { ":sizes": { NS: [...new Set(sizesMb.map(String))] } },
  });
  if (!isHeld) throw new LockLostError(lock.functionArn, lock.runId);
};

/** Takes the sizes out of a run's lock, once `$LATEST` was put back; a lock that is gone has none. */
export const forgetTrialSizes = async (lock: LockKey): Promise<void> => {
  await updateHeld(lock, { UpdateExpression: "REMOVE trialSizesMb" });
};

/** @returns Whether the run holds the lock. */
const updateHeld = async (
  { functionArn, runId }: LockKey,
  update: Pick<UpdateItemCommandInput, "UpdateExpression" | "ExpressionAttributeValues">,
): Promise<boolean> => {
  try {
    await dynamoDbClient().send(
      new UpdateItemCommand({
        ...update,
        TableName: tableName(),
        Key: { functionArn: { S: functionArn } },
        ConditionExpression: "runId = :runId",
        ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ":runId": { S: runId } },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/**
 * Makes sure that a run still holds its target: a function that was called may outlive its execution.
 *
 * @throws {@link LockLostError} when the lock is gone, or another run's by now.
 */
export const requireLock = async ({ functionArn, runId }: LockKey): Promise<void> => {
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
export const releaseLock = async ({ functionArn, runId }: LockKey): Promise<void> => {
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
