import {
  CreateAliasCommand,
  GetAliasCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { applyChange, type Application } from "../../../functions/applying/apply-change.ts";
import type { EndpointOptions } from "../../../local/endpoint/start-endpoint.ts";
import { clientsOf, manualClock } from "../../support/test-endpoint.ts";
import { startAccount, targetName } from "../function-call.ts";

/** A function whose alias `live` points to its version 1, and the advice to give it 1024 MB. */
const withAlias = async (options: EndpointOptions = {}) => {
  const account = await startAccount(options);
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
  /** Time that passes by a second with every look at what is waited for, and updates and versions that take a second. */
  const slowly = async (waitedFor: (qualifier: string) => boolean) => {
    const clock = manualClock();
    const account = await withAlias({ clock: clock.now, controlPlaneDelayMs: 1000 });
    account.endpoint.injectFault({
      operation: "GetFunctionConfiguration",
      matches: (input) => {
        if (waitedFor(qualifierOf(input))) clock.advance(1000);
        return false;
      },
    });
    return { ...account, clock };
  };

  it("is moved once its version can serve", async () => {
    const { apply, lambda } = await slowly(() => true);
    expect(await apply()).toMatchObject({ applied: { version: "2", alias: "live" } });
    const invoke = new InvokeCommand({ FunctionName: targetName, Qualifier: "live" });
    expect(await lambda.send(invoke)).toMatchObject({ ExecutedVersion: "2" });
  });

  it("stays where it is while its version is pending, until the setting is applied again", async () => {
    const { apply, aliasVersion, clock } = await slowly((qualifier) => qualifier === "$LATEST");
    expect(await apply("live", 0)).toMatchObject({
      applied: { memorySizeMb: 1024, version: "2", undo: { memorySizeMb: 512 } },
      failure: { name: "Tuner.VersionNotReady", message: expect.stringMatching(/version 2 .* Pending/) },
    });
    expect(await aliasVersion()).toBe("1");
    clock.advance(1000);
    const undo = { memorySizeMb: 512, aliasVersion: "1" };
    expect(await apply()).toEqual({ applied: { memorySizeMb: 1024, version: "2", alias: "live", undo } });
    expect(await aliasVersion()).toBe("2");
  });

  it("that serves the setting already is not waited for", async () => {
    const { apply, endpoint } = await withAlias();
    await apply();
    const looks = () => endpoint.calls().filter(({ resource }) => resource.endsWith(":2")).length;
    const before = looks();
    await apply();
    expect(looks()).toBe(before);
  });

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

describe("a deployment by somebody else, between the setting and its version,", () => {
  it.each([
    ["under-way", 409, "ResourceConflictException"],
    ["outdated", 412, "PreconditionFailedException"],
  ])("is not released when the version is refused as %s", async (_, status, type) => {
    const { apply, endpoint, lambda, aliasVersion } = await withAlias();
    const deployed = Promise.withResolvers<unknown>();
    endpoint.injectFault({
      operation: "PublishVersion",
      matches: () => {
        deployed.resolve(
          lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: targetName, Timeout: 42 })),
        );
        return true;
      },
      error: { status, type },
    });
    expect(await apply()).toMatchObject({
      applied: { memorySizeMb: 1024, undo: { memorySizeMb: 512 } },
      failure: {
        name: "Tuner.ChangedDuringRun",
        message: expect.stringContaining("while a version was being published"),
      },
    });
    await deployed.promise;
    expect(await aliasVersion()).toBe("1");
    const { Versions: versions = [] } = await lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName: targetName }),
    );
    expect(versions.map(({ Version: version }) => version)).toEqual(["$LATEST", "1"]);
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

/** `$LATEST` or the version that a call asks for. */
const qualifierOf = (input: unknown): string =>
  typeof input === "object" && input !== null && "Qualifier" in input ? String(input.Qualifier) : "$LATEST";
