import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  paginateListVersionsByFunction,
  PreconditionFailedException,
  PublishVersionCommand,
  type PublishVersionCommandInput,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import type { EndpointOptions } from "../../../../local/endpoint/start-endpoint.ts";
import { clientsOf, manualClock, registerSimulation, startTestEndpoint } from "../../../support/test-endpoint.ts";

const FunctionName = "thumbnails";

const started = async (options: EndpointOptions = {}) => {
  const endpoint = await startTestEndpoint(options);
  registerSimulation(endpoint, { functionName: FunctionName, description: "theirs" });
  const { lambda } = clientsOf(endpoint);
  return {
    lambda,
    resize: (MemorySize: number) => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize })),
    publish: (input: Omit<PublishVersionCommandInput, "FunctionName"> = {}) =>
      lambda.send(new PublishVersionCommand({ FunctionName, ...input })),
    remove: (Qualifier: string) => lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier })),
    versions: async () => {
      const found: string[] = [];
      const pages = paginateListVersionsByFunction({ client: lambda, pageSize: 2 }, { FunctionName });
      for await (const page of pages) found.push(...(page.Versions ?? []).map(({ Version }) => Version ?? "?"));
      return found;
    },
  };
};

it("publishes what $LATEST is, under a description of its own", async () => {
  const { lambda, publish, resize } = await started();
  await resize(512);
  const version = await publish({ Description: "ours" });
  expect(version).toMatchObject({
    Version: "1",
    FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:thumbnails:1",
    MemorySize: 512,
    Description: "ours",
  });
  await resize(1024);
  const read = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: "1" }));
  expect(read).toMatchObject({ MemorySize: 512, RevisionId: version.RevisionId });
});

it("answers with the existing version when nothing has changed since", async () => {
  const { publish, resize, versions } = await started();
  await publish({ Description: "theirs" });
  expect(await publish({ Description: "ours" })).toMatchObject({ Version: "1", Description: "theirs" });
  await resize(512);
  await resize(128);
  expect(await publish()).toMatchObject({ Version: "1" });
  await resize(256);
  expect(await publish()).toMatchObject({ Version: "2", Description: "theirs" });
  expect(await versions()).toEqual(["$LATEST", "1", "2"]);
});

it("compares with the last version alone", async () => {
  const { publish, resize } = await started();
  await publish();
  await resize(256);
  await publish();
  await resize(128);
  expect((await publish()).Version).toBe("3");
});

it("never gives a number twice", async () => {
  const { publish, remove, resize } = await started();
  await publish();
  await remove("1");
  await resize(256);
  expect((await publish()).Version).toBe("2");
});

it.each([
  ["another revision", { RevisionId: "0" }, { name: "PreconditionFailedException" }],
  ["other code", { CodeSha256: "0" }, { name: "InvalidParameterValueException" }],
])("does not publish %s than the client has seen", async (_what, condition, expected) => {
  const { publish, versions } = await started();
  await expect(publish(condition)).rejects.toMatchObject(expected);
  expect(await versions()).toEqual(["$LATEST"]);
});

it("publishes the revision that the client has seen", async () => {
  const { publish, resize } = await started();
  const { RevisionId, CodeSha256 } = await resize(256);
  expect(await publish({ RevisionId, CodeSha256 })).toMatchObject({ Version: "1" });
  await resize(512);
  await expect(publish({ RevisionId })).rejects.toThrow(PreconditionFailedException);
});

it("does not publish while an update is in progress", async () => {
  const clock = manualClock();
  const { publish, resize } = await started({ clock: clock.now, controlPlaneDelayMs: 1000 });
  await resize(256);
  await expect(publish()).rejects.toThrow(ResourceConflictException);
  clock.advance(1000);
  expect(await publish()).toMatchObject({ Version: "1", State: "Pending", StateReasonCode: "Creating" });
});

it("does not run a version that is still pending", async () => {
  const clock = manualClock();
  const { lambda, publish } = await started({ clock: clock.now, controlPlaneDelayMs: 1000 });
  await publish();
  const invoke = new InvokeCommand({ FunctionName, Qualifier: "1" });
  await expect(lambda.send(invoke)).rejects.toThrow(ResourceConflictException);
  clock.advance(1000);
  expect((await lambda.send(invoke)).ExecutedVersion).toBe("1");
});

it("satisfies the SDK's waiter once a version is active", async () => {
  const { lambda, publish } = await started({ controlPlaneDelayMs: 5 });
  await publish();
  const waited = await waitUntilFunctionActiveV2(
    { client: lambda, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
    { FunctionName, Qualifier: "1" },
  );
  expect(waited.state).toBe("SUCCESS");
});

it("deletes a version and nothing else", async () => {
  const { publish, remove, resize, versions, lambda } = await started();
  await publish();
  await resize(256);
  await publish();
  await remove("1");
  expect(await versions()).toEqual(["$LATEST", "2"]);
  await expect(lambda.send(new InvokeCommand({ FunctionName, Qualifier: "1" }))).rejects.toThrow(
    ResourceNotFoundException,
  );
});

it.each(["live", "canary"])("does not delete a version that the alias %s holds", async (held) => {
  const { lambda, publish, remove, resize, versions } = await started();
  await publish();
  await resize(256);
  await publish();
  const RoutingConfig = { AdditionalVersionWeights: { "1": 0.1 } };
  const alias =
    held === "live" ? { Name: held, FunctionVersion: "1" } : { Name: held, FunctionVersion: "2", RoutingConfig };
  await lambda.send(new CreateAliasCommand({ FunctionName, ...alias }));
  await expect(remove("1")).rejects.toThrow(ResourceConflictException);
  expect(await versions()).toEqual(["$LATEST", "1", "2"]);
});

it("does not delete $LATEST alone", async () => {
  const { remove } = await started();
  await expect(remove("$LATEST")).rejects.toMatchObject({ name: "InvalidParameterValueException" });
});

it("restores a published version instead of initialising it, under SnapStart", async () => {
  const endpoint = await startTestEndpoint();
  registerSimulation(endpoint, { functionName: FunctionName, snapStart: "PublishedVersions" });
  const { lambda } = clientsOf(endpoint);
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  const read = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: "1" }));
  expect(read.SnapStart).toEqual({ ApplyOn: "PublishedVersions", OptimizationStatus: "On" });
  const tailOf = async (Qualifier: string) => {
    const { LogResult } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier, LogType: "Tail" }));
    return Buffer.from(LogResult ?? "", "base64").toString();
  };
  expect(await tailOf("$LATEST")).toContain("Init Duration: 200.00 ms");
  const restored = await tailOf("1");
  expect(restored).toContain("Billed Duration: 1200 ms");
  expect(restored).toContain("\tRestore Duration: 200.00 ms\tBilled Restore Duration: 200 ms\t");
  expect(restored).not.toContain("Init Duration");
});
