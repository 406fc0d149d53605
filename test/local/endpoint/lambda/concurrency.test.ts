import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ProvisionedConcurrencyConfigNotFoundException,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  TooManyRequestsException,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import type { EndpointOptions, FunctionDefinition } from "../../../../local/endpoint/start-endpoint.ts";
import { heldRunner } from "../../../support/held-runner.ts";
import { clientsOf, manualClock, registerSimulation, startTestEndpoint } from "../../../support/test-endpoint.ts";

const FunctionName = "thumbnails";

const started = async (options: EndpointOptions = {}, definition: Partial<FunctionDefinition> = {}) => {
  const endpoint = await startTestEndpoint(options);
  registerSimulation(endpoint, { functionName: FunctionName, ...definition });
  return { endpoint, ...clientsOf(endpoint) };
};

it("tells the account's limits", async () => {
  const { lambda } = await started({ account: { concurrentExecutions: 10 } });
  const settings = await lambda.send(new GetAccountSettingsCommand({}));
  expect(settings.AccountLimit).toMatchObject({ ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 });
  expect(settings.AccountUsage?.FunctionCount).toBe(1);
});

it("reserves concurrency and gives it back", async () => {
  const { lambda } = await started();
  const reserved = () => lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  expect((await reserved()).ReservedConcurrentExecutions).toBeUndefined();
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 5 }));
  expect((await reserved()).ReservedConcurrentExecutions).toBe(5);
  expect((await lambda.send(new GetFunctionCommand({ FunctionName }))).Concurrency).toEqual({
    ReservedConcurrentExecutions: 5,
  });
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
  expect(AccountLimit?.UnreservedConcurrentExecutions).toBe(995);
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  expect((await reserved()).ReservedConcurrentExecutions).toBeUndefined();
});

it("does not reserve what others need", async () => {
  const { lambda } = await started();
  await expect(
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 901 })),
  ).rejects.toMatchObject({ name: "InvalidParameterValueException" });
});

it.each([
  ["the account's", { account: { concurrentExecutions: 2 } }, {}, "ConcurrentInvocationLimitExceeded"],
  ["the function's", {}, { reservedConcurrency: 2 }, "ReservedFunctionConcurrentInvocationLimitExceeded"],
])("throttles invocations beyond %s limit", async (_whose, options, definition, reason) => {
  const { endpoint, lambda } = await started(options);
  const runner = heldRunner();
  endpoint.registerFunction({ functionName: FunctionName, ...definition }, runner);
  const invoke = () => lambda.send(new InvokeCommand({ FunctionName }));
  const underWay = [invoke(), invoke()];
  await runner.holds(2);
  const refusal = await invoke().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(TooManyRequestsException);
  expect(refusal).toMatchObject({ Reason: reason, $metadata: { httpStatusCode: 429 } });
  runner.releaseAll();
  await Promise.all(underWay);
  const last = invoke();
  await runner.holds(1);
  runner.releaseAll();
  expect((await last).StatusCode).toBe(200);
});

it("does not run a function with nothing reserved", async () => {
  const { lambda } = await started({}, { reservedConcurrency: 0 });
  await expect(lambda.send(new InvokeCommand({ FunctionName }))).rejects.toThrow(TooManyRequestsException);
});

it("throttles management calls when the account has a rate", async () => {
  const clock = manualClock();
  const { lambda } = await started({ clock: clock.now, account: { controlPlaneRate: 2 } });
  const read = () => lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  await read();
  await read();
  await expect(read()).rejects.toMatchObject({ name: "TooManyRequestsException", Reason: "CallerRateLimitExceeded" });
  await lambda.send(new InvokeCommand({ FunctionName }));
  await lambda.send(new GetFunctionCommand({ FunctionName }));
  clock.advance(500);
  await read();
});

it("provisions concurrency for a version", async () => {
  const clock = manualClock();
  const { lambda } = await started({ clock: clock.now, controlPlaneDelayMs: 1000 });
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  const read = () => lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: "1" }));
  await expect(read()).rejects.toThrow(ProvisionedConcurrencyConfigNotFoundException);
  await lambda.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName,
      Qualifier: "1",
      ProvisionedConcurrentExecutions: 3,
    }),
  );
  expect(await read()).toMatchObject({ Status: "IN_PROGRESS", AvailableProvisionedConcurrentExecutions: 0 });
  clock.advance(1000);
  expect(await read()).toMatchObject({ Status: "READY", AvailableProvisionedConcurrentExecutions: 3 });
  const listed = await lambda.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName }));
  expect(listed.ProvisionedConcurrencyConfigs).toMatchObject([
    { FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:thumbnails:1" },
  ]);
});
