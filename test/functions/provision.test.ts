import {
  GetFunctionConfigurationCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { handler as cleanUp } from "../../functions/clean-up.ts";
import { handler as provision } from "../../functions/provision.ts";
import type { Fault } from "../../local/endpoint/start-endpoint.ts";
import { clientsOf } from "../support/test-endpoint.ts";
import { startAccount, type TestAccount, targetName } from "./function-call.ts";

const latestOf = async ({ endpoint }: TestAccount) =>
  clientsOf(endpoint).lambda.send(new GetFunctionConfigurationCommand({ FunctionName: targetName }));

const versionsIn = async ({ endpoint }: TestAccount) => {
  const { Versions: versions = [] } = await clientsOf(endpoint).lambda.send(
    new ListVersionsByFunctionCommand({ FunctionName: targetName }),
  );
  return versions.map(({ Version: version, MemorySize: mb, Description: text }) => [version, mb, text]);
};

const sizes = { memory: { sizesMb: [256, 1024] } };

describe("Provision", () => {
  it("publishes one version a size, each naming the run, and puts $LATEST back", async () => {
    const account = await startAccount({ definition: { description: "makes thumbnails" } });
    const result = await account.call(provision, await account.plan(sizes));
    expect(result).toMatchObject({
      versions: [
        { memorySizeMb: 256, version: "1" },
        { memorySizeMb: 1024, version: "2" },
      ],
      unavailable: [],
      finished: true,
      calls: 1,
    });
    expect(await versionsIn(account)).toEqual([
      ["$LATEST", 512, "makes thumbnails"],
      ["1", 256, "lambda-tuner run run-1: measured at 256 MB, version 1"],
      ["2", 1024, "lambda-tuner run run-1: measured at 1024 MB, version 1"],
    ]);
  });

  it("publishes a new version even for the setting that the user's last version has", async () => {
    const account = await startAccount();
    await clientsOf(account.endpoint).lambda.send(
      new PublishVersionCommand({ FunctionName: targetName, Description: "release" }),
    );
    const result = await account.call(provision, await account.plan({ memory: { sizesMb: [512] } }));
    expect(result.versions).toEqual([{ memorySizeMb: 512, version: "2" }]);
    expect((await versionsIn(account))[1]).toEqual(["1", 512, "release"]);
  });

  it("takes a function whose variables nobody but itself can read", async () => {
    const definition = { environment: { STAGE: "test" }, kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/x" };
    const account = await startAccount({ definition });
    const result = await account.call(provision, await account.plan(sizes));
    expect(result).toMatchObject({ finished: true, versions: [{ memorySizeMb: 256 }, { memorySizeMb: 1024 }] });
  });

  it("goes on where an earlier call ended", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    const first = await account.call(provision, state);
    const again = await account.call(provision, { ...state, provisioned: first });
    expect(again).toMatchObject({ versions: first.versions, finished: true, calls: 2 });
    expect(await versionsIn(account)).toHaveLength(3);
  });

  it("stops at its own deadline with $LATEST restored, and says that it is not finished", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    const result = await account.call(provision, state, { getRemainingTimeInMillis: () => 70_000 });
    expect(result).toMatchObject({ versions: [], finished: false });
    expect((await latestOf(account)).MemorySize).toBe(512);
  });

  it("waits while updates are under way and versions are pending", async () => {
    const account = await startAccount({ controlPlaneDelayMs: 150 });
    const result = await account.call(provision, await account.plan(sizes));
    expect(result).toMatchObject({ finished: true, versions: [{ memorySizeMb: 256 }, { memorySizeMb: 1024 }] });
    expect(await latestOf(account)).toMatchObject({ MemorySize: 512, LastUpdateStatus: "Successful" });
  });

  it("makes a size above the account's quota a finding", async () => {
    const account = await startAccount({ account: { maxMemoryMb: 3008 } });
    const result = await account.call(provision, await account.plan({ memory: { sizesMb: [256, 4096] } }));
    expect(result.versions.map(({ memorySizeMb }) => memorySizeMb)).toEqual([256]);
    expect(result.unavailable).toEqual([{ memorySizeMb: 4096, reason: expect.stringMatching(/3008/) }]);
  });

  it("publishes further versions where cold starts are to be forced", async () => {
    const account = await startAccount();
    const state = await account.plan({
      memory: { sizesMb: [256] },
      sampling: { method: "fixed", invocationsPerSize: 4, coldStarts: 3 },
    });
    const result = await account.call(provision, state);
    expect(result.versions).toEqual(["1", "2", "3", "4"].map((version) => ({ memorySizeMb: 256, version })));
  });
});

describe("a deployment by somebody else", () => {
  const update = (account: TestAccount, change: Omit<UpdateFunctionConfigurationCommandInput, "FunctionName">) =>
    clientsOf(account.endpoint).lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: targetName, ...change }),
    );

  const deploy = (account: TestAccount) => update(account, { Timeout: 42 });

  it("before Provision ends the run and is left alone", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    await deploy(account);
    await expect(account.call(provision, state)).rejects.toMatchObject({ name: "Tuner.ChangedDuringRun" });
    expect(await latestOf(account)).toMatchObject({ Timeout: 42, MemorySize: 512 });
    expect(await versionsIn(account)).toHaveLength(1);
  });

  it("between two sizes ends the run; what was theirs stays, what was ours goes", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    account.endpoint.injectFault(beforePublishing(() => deploy(account)));
    await expect(account.call(provision, state)).rejects.toMatchObject({ name: "Tuner.ChangedDuringRun" });
    expect(await latestOf(account)).toMatchObject({ Timeout: 42, MemorySize: 512, Description: "" });
  });

  it("of the memory itself is not taken for ours", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    account.endpoint.injectFault(beforePublishing(() => update(account, { MemorySize: 777 })));
    await expect(account.call(provision, state)).rejects.toMatchObject({ name: "Tuner.ChangedDuringRun" });
    expect(await latestOf(account)).toMatchObject({ MemorySize: 777, Description: "" });
  });

  it.each([
    ["first", 0],
    ["second", 1],
  ])("that writes over the mark of the %s size leaves no trial memory behind", async (_, after) => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    const theirs = { Description: "build 4711", Environment: { Variables: { BUILD: "4711" } } };
    account.endpoint.injectFault(beforePublishing(() => update(account, theirs), after));
    await expect(account.call(provision, state)).rejects.toMatchObject({
      name: "Tuner.ChangedDuringRun",
      message: expect.stringMatching(/\(different.*: description, other settings\)/),
    });
    expect(await latestOf(account)).toMatchObject({ ...theirs, MemorySize: 512 });
  });

  it("that writes over the mark and chooses a memory of its own keeps that", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    const theirs = { Description: "build 4711", MemorySize: 777 };
    account.endpoint.injectFault(beforePublishing(() => update(account, theirs)));
    await expect(account.call(provision, state)).rejects.toMatchObject({ name: "Tuner.ChangedDuringRun" });
    expect(await latestOf(account)).toMatchObject(theirs);
  });

  it("that releases a version at a trial size is told which one, and what to do", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    const { lambda } = clientsOf(account.endpoint);
    const release = async () => {
      await update(account, { Environment: { Variables: { RELEASE: "42" } } });
      await lambda.send(new PublishVersionCommand({ FunctionName: targetName }));
    };
    account.endpoint.injectFault(beforePublishing(release));
    await expect(account.call(provision, state)).rejects.toMatchObject({
      name: "Tuner.ChangedDuringRun",
      message: expect.stringMatching(/Version 1 .*256 MB.*publish again from \$LATEST, which has 512 MB/),
    });
    expect(await versionsIn(account)).toContainEqual(["1", 256, expect.stringMatching(/preparing/)]);
  });

  it("that publishes in the middle leaves a version that is not ours", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    account.endpoint.injectFault(
      beforePublishing(() =>
        clientsOf(account.endpoint).lambda.send(new PublishVersionCommand({ FunctionName: targetName })),
      ),
    );
    await account.call(provision, state).catch(() => undefined);
    const theirs = (await versionsIn(account)).filter(([, , text]) => /preparing/.test(String(text)));
    expect(theirs).toHaveLength(1);
  });
});

describe("a clean-up that ends the run", () => {
  const end = async (account: TestAccount) => account.call(cleanUp, { restore: { runId: "run-1" } });

  it("before Provision has changed anything keeps it from that", async () => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    await end(account);
    await expect(account.call(provision, state)).rejects.toMatchObject({ name: "Tuner.LockLost" });
    const actions = account.endpoint.calls().map(({ action }) => action);
    expect(actions).not.toContain("UpdateFunctionConfiguration");
    expect(await versionsIn(account)).toHaveLength(1);
  });

  it.each([
    ["first", 0],
    ["second", 1],
  ])("while the %s size is being set leaves no version of it", async (_, after) => {
    const account = await startAccount({ definition: { description: "mine" } });
    const state = await account.plan(sizes);
    let ended = Promise.resolve<unknown>(undefined);
    let updates = 0;
    account.endpoint.injectFault({
      operation: "UpdateFunctionConfiguration",
      after,
      matches: () => {
        if (updates === after) ended = end(account);
        updates += 1;
        return true;
      },
      delayMs: 400,
    });
    await expect(account.call(provision, state)).rejects.toThrow(/run-1|changed by someone else/);
    await ended;
    expect(await versionsIn(account)).toEqual([["$LATEST", 512, "mine"]]);
  });
});

describe("an answer that is lost", () => {
  it.each(["UpdateFunctionConfiguration", "PublishVersion"])("of %s is recognised by its effect", async (operation) => {
    const account = await startAccount();
    const state = await account.plan(sizes);
    account.endpoint.injectFault({
      operation,
      afterEffect: true,
      error: { status: 500, type: "ServiceException", message: "lost" },
    });
    const result = await account.call(provision, state);
    expect(result.versions.map(({ memorySizeMb }) => memorySizeMb)).toEqual([256, 1024]);
    expect(await versionsIn(account)).toHaveLength(3);
    expect((await latestOf(account)).MemorySize).toBe(512);
  });
});

/** Does something just before a version is published, the first unless told otherwise, and lets Lambda refuse that call. */
const beforePublishing = (meddle: () => Promise<unknown>, after = 0): Fault => {
  let calls = 0;
  return {
    operation: "PublishVersion",
    after,
    delayMs: 400,
    matches: () => {
      if (calls === after) void meddle();
      calls += 1;
      return true;
    },
  };
};
