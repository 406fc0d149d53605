import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaServiceException,
  ListFunctionsCommand,
  PreconditionFailedException,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import type { EndpointOptions, FunctionDefinition } from "../../../../local/endpoint/start-endpoint.ts";
import { clientsOf, manualClock, registerSimulation, startTestEndpoint } from "../../../support/test-endpoint.ts";

const FunctionName = "thumbnails";

const started = async (options: EndpointOptions = {}, definition: Partial<FunctionDefinition> = {}) => {
  const endpoint = await startTestEndpoint(options);
  registerSimulation(endpoint, { functionName: FunctionName, ...definition });
  const { lambda } = clientsOf(endpoint);
  return {
    endpoint,
    lambda,
    read: () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
    update: (change: Omit<UpdateFunctionConfigurationCommandInput, "FunctionName">) =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...change })),
  };
};

const arn = "arn:aws:lambda:us-east-1:123456789012:function:thumbnails";

it("describes a function as Lambda does", async () => {
  const { lambda } = await started({}, { environment: { STAGE: "test" }, tags: { team: "images" }, memorySizeMb: 256 });
  const { Configuration, Code, Tags } = await lambda.send(new GetFunctionCommand({ FunctionName }));
  expect(Configuration).toMatchObject({
    FunctionName,
    FunctionArn: arn,
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    MemorySize: 256,
    Timeout: 3,
    Version: "$LATEST",
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Zip",
    Architectures: ["x86_64"],
    Environment: { Variables: { STAGE: "test" } },
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    TracingConfig: { Mode: "PassThrough" },
    LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/thumbnails" },
  });
  expect(Configuration?.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
  expect(Code?.RepositoryType).toBe("S3");
  expect(Tags).toEqual({ team: "images" });
});

it.each([FunctionName, arn, "123456789012:function:thumbnails", "function:thumbnails"])(
  "finds a function by %s",
  async (name) => {
    const { lambda } = await started();
    expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))).toMatchObject({
      FunctionArn: arn,
    });
  },
);

it("names the qualifier in the ARN when it was asked with one", async () => {
  const { lambda } = await started();
  const command = new GetFunctionConfigurationCommand({ FunctionName, Qualifier: "$LATEST" });
  expect((await lambda.send(command)).FunctionArn).toBe(`${arn}:$LATEST`);
});

it.each([
  ["another account", arn.replace("123456789012", "210987654321")],
  ["another region", arn.replace("us-east-1", "eu-west-1")],
  ["an unknown name", "nobody"],
  ["an unknown version", `${arn}:7`],
])("does not find %s", async (_what, name) => {
  const { lambda } = await started();
  await expect(lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))).rejects.toThrow(
    ResourceNotFoundException,
  );
});

it("refuses a name and a query that say different qualifiers", async () => {
  const { lambda } = await started();
  await expect(
    lambda.send(new GetFunctionConfigurationCommand({ FunctionName: `${arn}:1`, Qualifier: "2" })),
  ).rejects.toMatchObject({ name: "InvalidParameterValueException" });
});

it("leaves the settings alone that an update does not name", async () => {
  const { read, update } = await started({}, { environment: { STAGE: "test" }, timeoutSeconds: 30 });
  const before = await read();
  const after = await update({ MemorySize: 512 });
  expect(after).toMatchObject({ MemorySize: 512, Timeout: 30, Environment: { Variables: { STAGE: "test" } } });
  expect(after.RevisionId).not.toBe(before.RevisionId);
  expect((await read()).RevisionId).toBe(after.RevisionId);
});

it.each<[string, Omit<UpdateFunctionConfigurationCommandInput, "FunctionName">, object]>([
  ["environment", { Environment: { Variables: { A: "1" } } }, { Environment: { Variables: { A: "1" } } }],
  ["tracing", { TracingConfig: { Mode: "Active" } }, { TracingConfig: { Mode: "Active" } }],
  ["temporary storage", { EphemeralStorage: { Size: 1024 } }, { EphemeralStorage: { Size: 1024 } }],
  ["layers", { Layers: ["arn:aws:lambda:us-east-1:1:layer:x:1"] }, { Layers: [{ CodeSize: 1024 }] }],
  ["network", { VpcConfig: { SubnetIds: ["subnet-1"] } }, { VpcConfig: { SubnetIds: ["subnet-1"] } }],
  ["a key", { KMSKeyArn: "arn:aws:kms:us-east-1:1:key/x" }, { KMSKeyArn: "arn:aws:kms:us-east-1:1:key/x" }],
  ["dead letters", { DeadLetterConfig: { TargetArn: "arn:x" } }, { DeadLetterConfig: { TargetArn: "arn:x" } }],
  ["SnapStart", { SnapStart: { ApplyOn: "PublishedVersions" } }, { SnapStart: { ApplyOn: "PublishedVersions" } }],
  ["logging", { LoggingConfig: { LogFormat: "JSON" } }, { LoggingConfig: { LogFormat: "JSON" } }],
  ["durable execution", { DurableConfig: { ExecutionTimeout: 60 } }, { DurableConfig: { ExecutionTimeout: 60 } }],
])("keeps a change of %s", async (_what, change, expected) => {
  const { read, update } = await started();
  await update(change);
  expect(await read()).toMatchObject(expected);
});

it("updates no version and no alias", async () => {
  const { lambda } = await started();
  const refusal = lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: `${arn}:1`, MemorySize: 256 }));
  await expect(refusal).rejects.toMatchObject({ name: "InvalidParameterValueException" });
  await expect(refusal).rejects.toThrow("Aliases and versions do not support this operation");
});

it("shows variables that a key encrypts to nobody, and says so each time in other words", async () => {
  const { read } = await started({}, { environment: { A: "1" }, kmsKeyArn: "arn:aws:kms:us-east-1:1:key/x" });
  const { Environment: first } = await read();
  expect(first).toEqual({
    Error: {
      ErrorCode: "AccessDeniedException",
      Message: expect.stringContaining("kms:Decrypt on resource: arn:aws:kms"),
    },
  });
  expect((await read()).Environment?.Error?.Message).not.toBe(first?.Error?.Message);
});

it("has another fingerprint of its configuration for another size, and the old one for the old size", async () => {
  const { read, update } = await started({}, { memorySizeMb: 256 });
  const { ConfigSha256: before } = await read();
  await update({ MemorySize: 512 });
  const { ConfigSha256: between } = await read();
  await update({ MemorySize: 256 });
  expect(between).not.toBe(before);
  expect((await read()).ConfigSha256).toBe(before);
});

it("replaces all environment variables, and shows none when none is left", async () => {
  const { read, update } = await started({}, { environment: { A: "1" } });
  await update({ Environment: { Variables: { B: "2" } } });
  expect((await read()).Environment).toEqual({ Variables: { B: "2" } });
  await update({ Environment: { Variables: {} } });
  expect((await read()).Environment).toBeUndefined();
});

it("refuses a conditional update of a revision that is gone", async () => {
  const { read, update } = await started();
  const { RevisionId } = await read();
  await update({ RevisionId, Timeout: 9 });
  await expect(update({ RevisionId, Timeout: 10 })).rejects.toThrow(PreconditionFailedException);
  expect((await read()).Timeout).toBe(9);
});

it("refuses an update while another is in progress", async () => {
  const clock = manualClock();
  const { update, read } = await started({ clock: clock.now, controlPlaneDelayMs: 1000 });
  expect(await update({ MemorySize: 512 })).toMatchObject({
    MemorySize: 512,
    LastUpdateStatus: "InProgress",
    LastUpdateStatusReasonCode: "Updating",
  });
  await expect(update({ MemorySize: 256 })).rejects.toThrow(ResourceConflictException);
  clock.advance(1000);
  expect(await read()).toMatchObject({ MemorySize: 512, LastUpdateStatus: "Successful" });
  await update({ MemorySize: 256 });
});

it("satisfies the SDK's waiter once an update is done", async () => {
  const { lambda, update } = await started({ controlPlaneDelayMs: 5 });
  await update({ MemorySize: 512 });
  const waited = await waitUntilFunctionUpdatedV2(
    { client: lambda, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
    { FunctionName },
  );
  expect(waited.state).toBe("SUCCESS");
});

it.each([
  ["too little memory", { MemorySize: 100 }, "Value '100' at 'memorySize'"],
  ["more memory than there is", { MemorySize: 20_000 }, "less than or equal to 10240"],
  ["no time", { Timeout: 0 }, "Value '0' at 'timeout'"],
  ["more than 15 minutes", { Timeout: 901 }, "less than or equal to 900"],
])("refuses %s in Lambda's words", async (_what, change, message) => {
  const { update } = await started();
  const refusal = await update(change).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(LambdaServiceException);
  expect(refusal).toMatchObject({ name: "ValidationException" });
  expect(refusal).toHaveProperty("message", expect.stringContaining(message));
});

it("holds memory to the account's quota", async () => {
  const { update } = await started({ account: { maxMemoryMb: 3008 } });
  await update({ MemorySize: 3008 });
  await expect(update({ MemorySize: 3009 })).rejects.toMatchObject({
    name: "ValidationException",
    message: "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 3008",
  });
});

it("takes note of new code", async () => {
  const { lambda, read } = await started();
  const before = await read();
  // The hash is that of: echo -n zip | openssl dgst -sha256 -binary | base64
  const ZipFile = Buffer.from("zip");
  const dry = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, DryRun: true }));
  expect(dry.CodeSha256).toBe(before.CodeSha256);
  const after = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  expect(after).toMatchObject({ CodeSize: 3, CodeSha256: "SnD+mqZDbgLC3qNA+9HjUuTvLYzmylKtJdS5VHH8i/I=" });
});

it("describes what tuners must recognise", async () => {
  const { read } = await started(
    {},
    {
      packageType: "Image",
      durable: { executionTimeoutSeconds: 60 },
      capacityProvider: { capacityProviderArn: "arn:c" },
    },
  );
  const configuration = await read();
  expect(configuration).toMatchObject({
    PackageType: "Image",
    DurableConfig: { ExecutionTimeout: 60 },
    CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: "arn:c" } },
  });
  expect(configuration.Runtime).toBeUndefined();
});

it("lists functions in pages", async () => {
  const { endpoint, lambda } = await started();
  registerSimulation(endpoint, { functionName: "resize" });
  const first = await lambda.send(new ListFunctionsCommand({ MaxItems: 1 }));
  const second = await lambda.send(new ListFunctionsCommand({ MaxItems: 1, Marker: first.NextMarker }));
  expect([first, second].map(({ Functions }) => Functions?.map((listed) => listed.FunctionName))).toEqual([
    ["thumbnails"],
    ["resize"],
  ]);
  expect(second.NextMarker ?? undefined).toBeUndefined();
});

it("forgets a deleted function", async () => {
  const { lambda, read } = await started();
  await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  await expect(read()).rejects.toThrow(ResourceNotFoundException);
});
