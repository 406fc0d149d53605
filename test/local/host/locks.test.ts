import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { latestDescription, versionDescription } from "../../../core/run/run-marker.ts";
import type { Engine } from "../../../local/engine.ts";
import { clientsOf } from "../../support/test-endpoint.ts";
import { enteredStates, eventLog, startTestEngine } from "../../support/test-engine.ts";

const request = {
  functionArn: "target",
  memory: { sizesMb: [256] },
  sampling: { method: "fixed", invocationsPerSize: 2 },
};

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:target";

/** Puts the lock of a run that never came to its end. */
const putLock = async ({ endpoint }: Engine, runId: string, expiresAt: number): Promise<void> => {
  const original = { memorySizeMb: 512, timeoutSeconds: 10, description: "", codeSha256: "c", settingsSha256: "s" };
  await clientsOf(endpoint).dynamoDb.send(
    new PutItemCommand({
      TableName: "lambda-tuner-locks",
      Item: {
        functionArn: { S: functionArn },
        runId: { S: runId },
        executionArn: { S: `arn:aws:states:us-east-1:123456789012:execution:lambda-tuner:${runId}` },
        acquiredAt: { N: `${expiresAt - 1}` },
        expiresAt: { N: `${expiresAt}` },
        forgetAt: { N: `${expiresAt + 1}` },
        original: { S: JSON.stringify(original) },
      },
    }),
  );
};

const versionsOf = async ({ endpoint }: Engine): Promise<(string | undefined)[]> => {
  const { Versions: versions = [] } = await clientsOf(endpoint).lambda.send(
    new ListVersionsByFunctionCommand({ FunctionName: "target" }),
  );
  return versions.map(({ Version: version }) => version);
};

describe("the lock of a target", () => {
  it("of a run that is under way refuses the next one, named", async () => {
    const engine = await startTestEngine();
    await putLock(engine, "first", 4_000_000_000);
    await expect(engine.tune(request)).rejects.toMatchObject({
      name: "Tuner.AlreadyRunning",
      message: expect.stringContaining("is being tuned by run first"),
    });
    expect(await versionsOf(engine)).toEqual(["$LATEST"]);
  });

  it("that has expired is cleaned up after before it is taken", async () => {
    const engine = await startTestEngine();
    await clientsOf(engine.endpoint).lambda.send(
      new PublishVersionCommand({ FunctionName: "target", Description: versionDescription("dead", 256, 1) }),
    );
    await putLock(engine, "dead", 1_700_000_000);
    const { events, onEvent } = eventLog();
    await expect(engine.tune(request, { onEvent })).resolves.toMatchObject({ kind: "report" });
    expect(enteredStates(events).slice(0, 7)).toEqual([
      "Plan",
      "DryRunWanted?",
      "AcquireLock",
      "ReadLock",
      "HeldBy?",
      "CleanUpExpired",
      "AcquireLock",
    ]);
    expect(await versionsOf(engine)).toEqual(["$LATEST"]);
  });

  it("is released by the run that took it, and its record is gone", async () => {
    const engine = await startTestEngine();
    await engine.tune(request);
    const { Item: item } = await clientsOf(engine.endpoint).dynamoDb.send(
      new GetItemCommand({ TableName: "lambda-tuner-locks", Key: { functionArn: { S: functionArn } } }),
    );
    expect(item).toBeUndefined();
  });

  it("that may not be read fails the run with the reason", async () => {
    const engine = await startTestEngine();
    await putLock(engine, "first", 4_000_000_000);
    engine.endpoint.injectFault({
      operation: "GetItem",
      times: 10,
      error: { status: 400, type: "AccessDeniedException", message: "User is not authorized to perform this." },
    });
    await expect(engine.tune(request)).rejects.toMatchObject({
      name: "Tuner.RunFailed",
      message: expect.stringMatching(/DynamoDB\.AccessDeniedException: User is not authorized/),
    });
  });

  it("is tried again when it is released between two calls", async () => {
    const engine = await startTestEngine();
    engine.endpoint.injectFault({
      operation: "PutItem",
      error: { status: 400, type: "ConditionalCheckFailedException", message: "The conditional request failed" },
    });
    const { events, onEvent } = eventLog();
    await expect(engine.tune(request, { onEvent })).resolves.toMatchObject({ kind: "report" });
    expect(enteredStates(events).filter((name) => name === "AcquireLock")).toHaveLength(2);
  });
});

describe("a target that an ended run left changed", () => {
  it("is not taken for what the user configured, and `restore` puts it back", async () => {
    const engine = await startTestEngine();
    const { lambda } = clientsOf(engine.endpoint);
    await putLock(engine, "dead", 1_700_000_000);
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: "target",
        MemorySize: 256,
        Description: latestDescription("dead", 256, 1),
      }),
    );
    await expect(engine.tune(request)).rejects.toMatchObject({
      name: "Tuner.AlreadyRunning",
      message: expect.stringContaining("lambda-tuner restore dead"),
    });
    await engine.restore("dead");
    const result = await engine.tune(request);
    expect(result).toMatchObject({ report: { currentMemorySize: 512, restoration: { equal: true } } });
  });
});

describe("an account with AWS's own pace", () => {
  it("is tuned within 15 management calls a second, updates and versions taking their time", async () => {
    const engine = await startTestEngine({ account: { controlPlaneRate: 15 }, controlPlaneDelayMs: 100 });
    const result = await engine.tune({ ...request, memory: { sizesMb: [128, 256, 512, 1024] } });
    expect(result).toMatchObject({
      report: { restoration: { equal: true, leftovers: [] }, measurements: { length: 4 } },
    });
  });

  it("with ten concurrent executions throttles nothing", async () => {
    const engine = await startTestEngine({ account: { concurrentExecutions: 10 } });
    const result = await engine.tune({
      ...request,
      memory: { sizesMb: [128, 256, 512, 1024] },
      sampling: { method: "fixed", invocationsPerSize: 20, concurrency: 50 },
    });
    expect(result).toMatchObject({ report: { warnings: expect.not.arrayContaining([{ kind: "throttled" }]) } });
    expect(engine.endpoint.calls().filter(({ errorType }) => errorType === "TooManyRequestsException")).toEqual([]);
  });
});
