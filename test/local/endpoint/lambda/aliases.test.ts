import {
  CreateAliasCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListAliasesCommand,
  PreconditionFailedException,
  PublishVersionCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { clientsOf, registerSimulation, startTestEndpoint } from "../../../support/test-endpoint.ts";

const FunctionName = "thumbnails";

/** A function with version 1 at 128 MB and version 2 at 256 MB. */
const started = async () => {
  const endpoint = await startTestEndpoint();
  registerSimulation(endpoint, { functionName: FunctionName });
  const { lambda } = clientsOf(endpoint);
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 256 }));
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  return { lambda, live: () => lambda.send(new GetAliasCommand({ FunctionName, Name: "live" })) };
};

it("names a version, and runs it under that name", async () => {
  const { lambda, live } = await started();
  const created = await lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
  expect(created.AliasArn).toBe("arn:aws:lambda:us-east-1:123456789012:function:thumbnails:live");
  expect(await live()).toMatchObject({ Name: "live", FunctionVersion: "1", RevisionId: created.RevisionId });
  const invoked = await lambda.send(new InvokeCommand({ FunctionName: `${FunctionName}:live` }));
  expect(invoked.ExecutedVersion).toBe("1");
  const read = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: "live" }));
  expect(read).toMatchObject({ Version: "1", MemorySize: 128 });
  expect(read.FunctionArn).toMatch(/:live$/);
});

it("moves an alias, once for each revision", async () => {
  const { lambda, live } = await started();
  const { RevisionId } = await lambda.send(
    new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1", Description: "theirs" }),
  );
  const move = new UpdateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "2", RevisionId });
  await lambda.send(move);
  expect(await live()).toMatchObject({ FunctionVersion: "2", Description: "theirs" });
  await expect(lambda.send(move)).rejects.toThrow(PreconditionFailedException);
});

it("shares invocations between two versions by weight", async () => {
  const { lambda } = await started();
  const RoutingConfig = { AdditionalVersionWeights: { "2": 0.25 } };
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1", RoutingConfig }));
  let second = 0;
  for (let count = 0; count < 40; count += 1) {
    const { ExecutedVersion } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: "live" }));
    if (ExecutedVersion === "2") second += 1;
  }
  expect(Math.abs(second - 10)).toBeLessThanOrEqual(1);
});

it("ends the sharing when told so", async () => {
  const { lambda, live } = await started();
  const RoutingConfig = { AdditionalVersionWeights: { "2": 0.25 } };
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1", RoutingConfig }));
  expect((await live()).RoutingConfig).toEqual(RoutingConfig);
  await lambda.send(
    new UpdateAliasCommand({ FunctionName, Name: "live", RoutingConfig: { AdditionalVersionWeights: {} } }),
  );
  expect((await live()).RoutingConfig).toBeUndefined();
});

it("lists the aliases of a function and of a version", async () => {
  const { lambda } = await started();
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: "next", FunctionVersion: "2" }));
  const all = await lambda.send(new ListAliasesCommand({ FunctionName }));
  const ofFirst = await lambda.send(new ListAliasesCommand({ FunctionName, FunctionVersion: "1" }));
  expect([all, ofFirst].map(({ Aliases }) => Aliases?.map(({ Name }) => Name))).toEqual([["live", "next"], ["live"]]);
});

it("deletes an alias", async () => {
  const { lambda, live } = await started();
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
  await lambda.send(new DeleteAliasCommand({ FunctionName, Name: "live" }));
  await expect(live()).rejects.toThrow(ResourceNotFoundException);
});

it("creates no alias twice, of no missing version, under no number", async () => {
  const { lambda } = await started();
  const create = (Name: string, FunctionVersion: string) =>
    lambda.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion }));
  await create("live", "1");
  await expect(create("live", "2")).rejects.toThrow(ResourceConflictException);
  await expect(create("next", "9")).rejects.toThrow(ResourceNotFoundException);
  await expect(create("42", "1")).rejects.toMatchObject({ name: "ValidationException" });
});
