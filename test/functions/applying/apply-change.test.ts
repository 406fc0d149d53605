import {
  CreateAliasCommand,
  GetAliasCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { applyChange, type Application } from "../../../functions/applying/apply-change.ts";
import { clientsOf } from "../../support/test-endpoint.ts";
import { startAccount, targetName } from "../function-call.ts";

/** A function whose alias `live` points to its version 1, and the advice to give it 1024 MB. */
const withAlias = async () => {
  const account = await startAccount();
  const { lambda } = clientsOf(account.endpoint);
  await lambda.send(new PublishVersionCommand({ FunctionName: targetName }));
  const live = { FunctionName: targetName, Name: "live" };
  await lambda.send(new CreateAliasCommand({ ...live, FunctionVersion: "1" }));
  const { target, run } = await account.plan();
  return {
    ...account,
    lambda,
    moveAlias: (FunctionVersion: string) => lambda.send(new UpdateAliasCommand({ ...live, FunctionVersion })),
    aliasVersion: async () => (await lambda.send(new GetAliasCommand(live))).FunctionVersion,
    apply: (alias = "live", patienceMs = 60_000): Promise<Application> =>
      account.call(
        async () =>
          applyChange(
            {
              functionArn: target.functionArn,
              original: target.original,
              change: { memorySizeMb: 1024 },
              alias,
              runId: run.id,
            },
            Date.now() + patienceMs,
          ),
        {},
      ),
  };
};

describe("applying a setting again", () => {
  it("tells what undoes it as the first time did", async () => {
    const { apply, aliasVersion } = await withAlias();
    const applied = {
      memorySizeMb: 1024,
      version: "2",
      alias: "live",
      undo: { memorySizeMb: 512, aliasVersion: "1" },
    };
    expect(await apply()).toEqual({ applied });
    expect(await apply()).toEqual({ applied });
    expect(await aliasVersion()).toBe("2");
  });

  it("leaves a new alias as new as it was", async () => {
    const { apply } = await withAlias();
    const first = await apply("tuned");
    expect(first).toMatchObject({ applied: { alias: "tuned", undo: { memorySizeMb: 512 } } });
    expect(await apply("tuned")).toEqual(first);
  });
});

it("an alias that serves the setting already is none to put back", async () => {
  const { apply, lambda, moveAlias } = await withAlias();
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: targetName, MemorySize: 1024 }));
  await lambda.send(new PublishVersionCommand({ FunctionName: targetName }));
  await moveAlias("2");
  expect(await apply()).toEqual({
    applied: { memorySizeMb: 1024, version: "2", alias: "live", undo: { memorySizeMb: 512 } },
  });
});

describe("an alias", () => {
  it.each(["UpdateAlias", "CreateAlias"])("is moved once when the answer of %s is lost", async (operation) => {
    const { apply, endpoint } = await withAlias();
    endpoint.injectFault({ operation, dropConnection: true, afterEffect: true });
    const alias = operation === "UpdateAlias" ? "live" : "tuned";
    const undo = { memorySizeMb: 512, ...(alias === "live" ? { aliasVersion: "1" } : {}) };
    expect(await apply(alias)).toEqual({ applied: { memorySizeMb: 1024, version: "2", alias, undo } });
  });

  it("that somebody moves in the meantime stays where they put it", async () => {
    const { apply, endpoint, moveAlias, aliasVersion } = await withAlias();
    endpoint.injectFault({
      operation: "PublishVersion",
      matches: () => {
        void moveAlias("$LATEST");
        return true;
      },
      delayMs: 200,
    });
    expect(await apply()).toMatchObject({
      applied: { version: "2", undo: { memorySizeMb: 512 } },
      failure: { name: "Tuner.ChangedDuringRun", message: expect.stringContaining("its alias live") },
    });
    expect(await aliasVersion()).toBe("$LATEST");
  });
});

it("a version that meets an update under way until the deadline is a failure that blames nobody", async () => {
  const { apply, endpoint } = await withAlias();
  const error = { status: 409, type: "ResourceConflictException" };
  endpoint.injectFault({ operation: "PublishVersion", times: 20, error });
  expect(await apply("live", 400)).toMatchObject({
    applied: { memorySizeMb: 1024 },
    failure: { name: "Tuner.ChangedDuringRun", message: expect.stringContaining("still under way at every attempt") },
  });
});
