import { type DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { latestDescription, versionDescription } from "../../core/run/run-marker.ts";
import { handler as cleanUp } from "../../functions/clean-up.ts";
import type { ExecutionState } from "../../functions/execution-state.ts";
import { handler as provision } from "../../functions/provision.ts";
import { clientsOf } from "../support/test-endpoint.ts";
import { acquireLock, createLockTable, startAccount, type TestAccount, targetName } from "./function-call.ts";

const sizes = { memory: { sizesMb: [256, 1024] } };

const versionsIn = async ({ endpoint }: TestAccount): Promise<(string | undefined)[]> => {
  const { Versions: versions = [] } = await clientsOf(endpoint).lambda.send(
    new ListVersionsByFunctionCommand({ FunctionName: targetName }),
  );
  return versions.map(({ Version: version }) => version);
};

const latestOf = async ({ endpoint }: TestAccount) =>
  clientsOf(endpoint).lambda.send(new GetFunctionConfigurationCommand({ FunctionName: targetName }));

/** A run that has published its versions. */
const provisioned = async (account: TestAccount, runId = "run-1"): Promise<ExecutionState> => {
  const state = await account.plan(sizes, runId);
  return { ...state, provisioned: await account.call(provision, state) };
};

const update = async (account: TestAccount, change: { MemorySize?: number; Description?: string; Timeout?: number }) =>
  clientsOf(account.endpoint).lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: targetName, ...change }),
  );

/** A run whose Provision could not put `$LATEST` back, and a description that somebody set over its mark. */
const provisionBrokenOff = async (account: TestAccount): Promise<ExecutionState> => {
  const state = await account.plan(sizes);
  const denied = { status: 403, type: "AccessDeniedException", message: "no" };
  account.endpoint.injectFault({ operation: "PublishVersion", error: denied });
  account.endpoint.injectFault({ operation: "UpdateFunctionConfiguration", after: 1, error: denied });
  await expect(account.call(provision, state)).rejects.toMatchObject({ name: "Tuner.AccessDenied" });
  await update(account, { Description: "build 4711" });
  expect(await latestOf(account)).toMatchObject({ MemorySize: 256 });
  return state;
};

describe("CleanUp in a run", () => {
  it("deletes the run's versions and proves that the target is as it was", async () => {
    const account = await startAccount();
    const state = await provisioned(account);
    const restoration = await account.call(cleanUp, state);
    expect(restoration).toEqual({
      before: state.target.original,
      after: state.target.original,
      equal: true,
      leftovers: [],
    });
    expect(await versionsIn(account)).toEqual(["$LATEST"]);
  });

  it("finds the versions without the run's own records of them", async () => {
    const account = await startAccount();
    const { run, target } = await provisioned(account);
    await account.call(cleanUp, { run, target });
    expect(await versionsIn(account)).toEqual(["$LATEST"]);
  });

  it("leaves the user's versions and those of other runs alone", async () => {
    const account = await startAccount();
    const { lambda } = clientsOf(account.endpoint);
    await lambda.send(new PublishVersionCommand({ FunctionName: targetName, Description: "release" }));
    await provisioned(account, "run-0");
    await account.call(cleanUp, await provisioned(account, "run-1"));
    expect(await versionsIn(account)).toEqual(["$LATEST", "1", "2", "3"]);
  });

  it("leaves a version that somebody else published from the middle of a run, and names it", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    await update(account, { Description: latestDescription("run-1", 256, 1), MemorySize: 256 });
    await clientsOf(account.endpoint).lambda.send(new PublishVersionCommand({ FunctionName: targetName }));
    const restoration = await account.call(cleanUp, state);
    expect(restoration).toMatchObject({
      equal: true,
      leftovers: [],
      inheritedVersions: [{ version: "1", memorySizeMb: 256 }],
    });
    expect(await versionsIn(account)).toEqual(["$LATEST", "1"]);
  });

  it("names no version that somebody else published with a memory of their own", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    await update(account, { Description: latestDescription("run-1", 256, 1), MemorySize: 777 });
    await clientsOf(account.endpoint).lambda.send(new PublishVersionCommand({ FunctionName: targetName }));
    expect(await account.call(cleanUp, state)).not.toHaveProperty("inheritedVersions");
  });

  it("restores what an ended Provision left on $LATEST", async () => {
    const account = await startAccount({ definition: { description: "mine" } });
    const state = await account.plan(sizes);
    await update(account, { Description: latestDescription("run-1", 1024, 1), MemorySize: 1024 });
    const restoration = await account.call(cleanUp, state);
    expect(restoration).toMatchObject({ equal: true });
    expect(await latestOf(account)).toMatchObject({ MemorySize: 512, Description: "mine" });
  });

  it("restores the memory that Provision could not, also where somebody wrote over its mark", async () => {
    const account = await startAccount();
    const state = await provisionBrokenOff(account);
    const restoration = await account.call(cleanUp, state);
    expect(restoration).toMatchObject({
      equal: false,
      after: { memorySizeMb: 512, description: "build 4711" },
      leftovers: [],
    });
    expect(await latestOf(account)).toMatchObject({ MemorySize: 512, Description: "build 4711" });
  });

  it("leaves a memory size that somebody chose after the sizes were published, also one of the run's", async () => {
    const account = await startAccount();
    const state = await provisioned(account);
    await update(account, { MemorySize: 1024, Description: "build 4711" });
    expect(await account.call(cleanUp, state)).toMatchObject({ equal: false, leftovers: [] });
    expect(await latestOf(account)).toMatchObject({ MemorySize: 1024, Description: "build 4711" });
  });

  it("does nothing more when it is called again", async () => {
    const account = await startAccount();
    const state = await provisioned(account);
    await account.call(cleanUp, state);
    const callsBefore = account.endpoint.calls().length;
    expect(await account.call(cleanUp, state)).toMatchObject({ equal: true, leftovers: [] });
    const writes = account.endpoint
      .calls()
      .slice(callsBefore)
      .map(({ action }) => action);
    expect(writes).toEqual(["GetFunctionConfiguration", "ListVersionsByFunction"]);
  });

  it("tells of a version that an alias holds, with the command that removes it", async () => {
    const account = await startAccount();
    const state = await provisioned(account);
    await clientsOf(account.endpoint).lambda.send(
      new CreateAliasCommand({ FunctionName: targetName, Name: "oops", FunctionVersion: "1" }),
    );
    const restoration = await account.call(cleanUp, state);
    expect(restoration).toMatchObject({
      equal: true,
      leftovers: [expect.stringMatching(/version 1 .*aws lambda delete-function .*--qualifier 1/)],
    });
    expect(await versionsIn(account)).toEqual(["$LATEST", "1"]);
  });

  it("leaves somebody else's deployment alone and says that the target differs", async () => {
    const account = await startAccount();
    const state = await provisioned(account);
    await update(account, { Timeout: 99 });
    const restoration = await account.call(cleanUp, state);
    expect(restoration).toMatchObject({ equal: false, leftovers: [], after: { timeoutSeconds: 99 } });
    expect((await latestOf(account)).Timeout).toBe(99);
  });

  it("has nothing to restore on a function that is gone", async () => {
    const account = await startAccount();
    const state = await provisioned(account);
    await clientsOf(account.endpoint).lambda.send(new DeleteFunctionCommand({ FunctionName: targetName }));
    const restoration = await account.call(cleanUp, state);
    expect(restoration).toEqual({ before: state.target.original, equal: false, leftovers: [] });
  });

  it("fails with the repair command when Lambda fails", async () => {
    const account = await startAccount();
    const state = await provisioned(account);
    account.endpoint.injectFault({
      operation: "DeleteFunction",
      error: { status: 403, type: "AccessDeniedException", message: "no" },
    });
    await expect(account.call(cleanUp, state)).rejects.toMatchObject({
      name: "Tuner.RestoreFailed",
      message: expect.stringContaining("lambda-tuner restore run-1"),
    });
  });
});

describe("CleanUp outside a run", () => {
  const locksIn = async (dynamoDb: DynamoDBClient): Promise<number> =>
    (await dynamoDb.send(new ScanCommand({ TableName: "locks" }))).Count ?? 0;

  const endOf = (runId: string) => ({
    source: "aws.states",
    "detail-type": "Step Functions Execution Status Change",
    detail: {
      name: runId,
      executionArn: `arn:aws:states:us-east-1:123456789012:execution:tuner:${runId}`,
      status: "ABORTED",
      input: JSON.stringify({ functionArn: targetName }),
    },
  });

  it("cleans up after a stopped execution from its lock, and releases that", async () => {
    const account = await startAccount();
    const dynamoDb = await createLockTable(account.endpoint);
    await provisioned(account);
    await update(account, { Description: latestDescription("run-1", 1024, 1), MemorySize: 1024 });
    await account.call(cleanUp, endOf("run-1"));
    expect(await versionsIn(account)).toEqual(["$LATEST"]);
    expect(await latestOf(account)).toMatchObject({ MemorySize: 512, Description: "" });
    expect(await locksIn(dynamoDb)).toBe(0);
  });

  it("restores the memory of a stopped execution, also where somebody wrote over its mark", async () => {
    const account = await startAccount();
    await provisionBrokenOff(account);
    expect(await account.call(cleanUp, { restore: { runId: "run-1" } })).toMatchObject({
      cleaned: [{ changed: true, restoration: { after: { memorySizeMb: 512, description: "build 4711" } } }],
    });
    expect(await latestOf(account)).toMatchObject({ MemorySize: 512, Description: "build 4711" });
  });

  it("finds what a Provision that outlived its execution published meanwhile", async () => {
    const account = await startAccount();
    await provisioned(account);
    account.endpoint.injectFault({
      operation: "DeleteFunction",
      matches: publishOnce(account),
      delayMs: 200,
    });
    await account.call(cleanUp, endOf("run-1"));
    expect(await versionsIn(account)).toEqual(["$LATEST"]);
  });

  it("finds what a Provision that saw the lock just before its release published after it", async () => {
    const account = await startAccount();
    const dynamoDb = await createLockTable(account.endpoint);
    await provisioned(account);
    account.endpoint.injectFault({
      operation: "DeleteItem",
      matches: publishOnce(account),
      delayMs: 200,
    });
    await account.call(cleanUp, { restore: { runId: "run-1" } });
    expect(await versionsIn(account)).toEqual(["$LATEST"]);
    expect(await locksIn(dynamoDb)).toBe(0);
  });

  it("does nothing for an execution that released its lock", async () => {
    const account = await startAccount();
    await createLockTable(account.endpoint);
    expect(await account.call(cleanUp, endOf("run-9"))).toEqual({ cleaned: [] });
    expect(account.endpoint.calls().filter(({ service }) => service === "lambda")).toEqual([]);
  });

  it("sweeps expired locks, and only those", async () => {
    const account = await startAccount();
    const dynamoDb = await createLockTable(account.endpoint);
    const state = await provisioned(account);
    expect(await account.call(cleanUp, { "detail-type": "Scheduled Event" })).toEqual({ cleaned: [] });
    expect(await versionsIn(account)).toHaveLength(3);
    await acquireLock(account.endpoint, state, "1000000000");
    expect(await account.call(cleanUp, { "detail-type": "Scheduled Event" })).toMatchObject({
      cleaned: [{ runId: "run-1", restoration: { equal: true } }],
    });
    expect(await versionsIn(account)).toEqual(["$LATEST"]);
    expect(await locksIn(dynamoDb)).toBe(0);
  });

  it("tells a target that was left changed from a lock alone", async () => {
    const account = await startAccount();
    const expired = "1000000000";
    await acquireLock(account.endpoint, await provisioned(account), expired);
    const sweep = { "detail-type": "Scheduled Event" };
    expect(await account.call(cleanUp, sweep)).toMatchObject({ cleaned: [{ runId: "run-1", changed: true }] });
    await acquireLock(account.endpoint, await account.plan(sizes, "run-2"), expired);
    expect(await account.call(cleanUp, sweep)).toMatchObject({ cleaned: [{ runId: "run-2", changed: false }] });
  });

  it("keeps the lock while something is left, so that the next sweep tries again", async () => {
    const account = await startAccount();
    const dynamoDb = await createLockTable(account.endpoint);
    const state = await provisioned(account);
    await acquireLock(account.endpoint, state, "1000000000");
    await clientsOf(account.endpoint).lambda.send(
      new CreateAliasCommand({ FunctionName: targetName, Name: "oops", FunctionVersion: "1" }),
    );
    await expect(account.call(cleanUp, { "detail-type": "Scheduled Event" })).rejects.toMatchObject({
      name: "Tuner.RestoreFailed",
    });
    expect(await locksIn(dynamoDb)).toBe(1);
  });

  it("leaves runs alone that may be under way, unless a person names one", async () => {
    const account = await startAccount();
    const dynamoDb = await createLockTable(account.endpoint);
    const state = await provisioned(account);
    expect(await account.call(cleanUp, { restore: {} })).toEqual({ cleaned: [] });
    expect(await versionsIn(account)).toHaveLength(3);
    expect(await locksIn(dynamoDb)).toBe(1);
    await acquireLock(account.endpoint, state, "1000000000");
    expect(await account.call(cleanUp, { restore: {} })).toMatchObject({ cleaned: [{ runId: "run-1" }] });
    expect(await versionsIn(account)).toEqual(["$LATEST"]);
    expect(await locksIn(dynamoDb)).toBe(0);
  });

  it("fails with the repair command when it may not look", async () => {
    const account = await startAccount();
    await provisioned(account);
    account.endpoint.injectFault({
      operation: "GetFunctionConfiguration",
      error: { status: 403, type: "AccessDeniedException", message: "no" },
    });
    await expect(account.call(cleanUp, endOf("run-1"))).rejects.toMatchObject({ name: "Tuner.RestoreFailed" });
  });

  it("restores one run that a person names", async () => {
    const account = await startAccount();
    await provisioned(account);
    expect(await account.call(cleanUp, { restore: { runId: "another" } })).toEqual({ cleaned: [] });
    expect(await account.call(cleanUp, { restore: { runId: "run-1" } })).toMatchObject({
      cleaned: [{ runId: "run-1" }],
    });
    expect(await versionsIn(account)).toEqual(["$LATEST"]);
  });
});

/** Publishes another version of the run while the first is being deleted. */
const publishOnce = (account: TestAccount): (() => boolean) => {
  let published = false;
  return () => {
    if (published) return true;
    published = true;
    void (async () => {
      await update(account, { Description: "changed" });
      await clientsOf(account.endpoint).lambda.send(
        new PublishVersionCommand({ FunctionName: targetName, Description: versionDescription("run-1", 2048, 1) }),
      );
      await update(account, { Description: "" });
    })();
    return true;
  };
};
