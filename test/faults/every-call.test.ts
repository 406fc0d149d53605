import {
  CreateAliasCommand,
  GetFunctionConfigurationCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
} from "@aws-sdk/client-lambda";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { describe, it } from "vitest";
import { type Engine, startEngine } from "../../local/engine.ts";
import type { Fault } from "../../local/endpoint/start-endpoint.ts";
import { parseSimulation } from "../../local/simulation/simulation-file.ts";
import { clientsOf } from "../support/test-endpoint.ts";

const request = {
  functionArn: "target",
  memory: { sizesMb: [256, 1024] },
  sampling: { method: "fixed", invocationsPerSize: 2, concurrency: 1 },
};

/** Does something with an engine whose target has a version and an alias of the user's own. */
const withTarget = async (use: (engine: Engine) => Promise<void>): Promise<void> => {
  const engine = await startEngine({
    targets: [
      {
        name: "target",
        simulation: parseSimulation({ memoryMB: [128, 1024], meanDurationMs: [400, 50] }),
        settings: { memorySizeMb: 512, timeoutSeconds: 7, description: "the user's own" },
      },
    ],
    retryIntervalMs: 1,
  });
  try {
    const { lambda } = clientsOf(engine.endpoint);
    await lambda.send(new PublishVersionCommand({ FunctionName: "target", Description: "release 1" }));
    await lambda.send(new CreateAliasCommand({ FunctionName: "target", Name: "live", FunctionVersion: "1" }));
    await use(engine);
  } finally {
    await engine.close();
  }
};

/** Everything a user could see of the target, but for what every update changes. */
const found = async ({ endpoint }: Engine) => {
  const { lambda, dynamoDb } = clientsOf(endpoint, 5);
  const {
    RevisionId: _revision,
    LastModified: _modified,
    $metadata: _metadata,
    ...latest
  } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "target" }));
  const { Versions: versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "target" }));
  const { Items: locks } = await dynamoDb.send(new ScanCommand({ TableName: "lambda-tuner-locks" }));
  return {
    target: {
      latest,
      versions: versions.map(({ Version, Description, MemorySize }) => ({ Version, Description, MemorySize })),
    },
    locks,
  };
};

const callsOfOneRun = await (async (): Promise<readonly string[]> => {
  const engine = await startEngine({
    targets: [{ name: "target", simulation: parseSimulation({ memoryMB: [128], meanDurationMs: [100] }) }],
  });
  const before = engine.endpoint.calls().length;
  await engine.tune(request);
  const calls = engine.endpoint.calls().slice(before);
  await engine.close();
  return calls.map(({ service, action }) => `${service}:${action}`);
})();

const everyCall = callsOfOneRun.map((name, index) => [index, name] as const);

const faults: readonly (readonly [string, (index: number) => Fault])[] = [
  [
    "is denied",
    (index) => ({
      operation: "*",
      after: index,
      error: { status: 403, type: "AccessDeniedException", message: "User is not authorized to perform this." },
    }),
  ],
  [
    "takes effect, but its answer is lost",
    (index) => ({ operation: "*", after: index, dropConnection: true, afterEffect: true }),
  ],
  [
    "fails for a while",
    (index) => ({
      operation: "*",
      after: index,
      times: 3,
      error: { status: 500, type: "ServiceException", message: "later" },
    }),
  ],
];

describe.each(faults)("when a call %s", (_, faultAt) => {
  it.concurrent.for(everyCall)("number %i (%s), the target ends as it was found", async ([index, name], { expect }) =>
    withTarget(async (engine) => {
      const before = await found(engine);
      const fault = faultAt(index);
      engine.endpoint.injectFault(fault);
      await engine.tune(request).catch(() => undefined);
      const after = await found(engine);
      expect(after.target).toEqual(before.target);
      // A role that may not release locks leaves them to expire.
      const mayStay = fault.error?.status === 403 && name === "dynamodb:DeleteItem" ? 1 : 0;
      expect(after.locks?.length).toBeLessThanOrEqual(mayStay);
    }),
  );
});

describe("when a run is interrupted", () => {
  it.concurrent.for(everyCall)("at call number %i (%s), the target ends as it was found", async ([index], { expect }) =>
    withTarget(async (engine) => {
      const before = await found(engine);
      const interruption = new AbortController();
      engine.endpoint.injectFault({
        operation: "*",
        after: index,
        matches: interruptAfter(index, interruption),
        delayMs: 5,
      });
      const run = engine.tune(request, { signal: interruption.signal });
      await expect(run).rejects.toMatchObject({ name: "Tuner.Interrupted", restored: true });
      expect(await found(engine)).toEqual(before);
    }),
  );
});

const interruptAfter = (index: number, interruption: AbortController): (() => boolean) => {
  let seen = 0;
  return () => {
    if (seen === index) interruption.abort();
    seen += 1;
    return true;
  };
};
