import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ResourceConflictException,
  TooManyRequestsException,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import type { FaultPlan } from "../../../../local/endpoint/start-endpoint.ts";
import { clientsOf, registerSimulation, startTestEndpoint } from "../../../support/test-endpoint.ts";

const FunctionName = "thumbnails";

const started = async (faults: FaultPlan, maxAttempts = 1) => {
  const endpoint = await startTestEndpoint({ faults });
  registerSimulation(endpoint, { functionName: FunctionName });
  const { lambda } = clientsOf(endpoint, maxAttempts);
  return {
    endpoint,
    lambda,
    read: () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
    resize: (MemorySize: number) => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize })),
  };
};

const throttle = { status: 429, type: "TooManyRequestsException", details: { Reason: "CallerRateLimitExceeded" } };

it("answers a call with an injected error, as often as planned", async () => {
  const { read } = await started([{ operation: "GetFunctionConfiguration", times: 2, error: throttle }]);
  await expect(read()).rejects.toThrow(TooManyRequestsException);
  await expect(read()).rejects.toMatchObject({ Reason: "CallerRateLimitExceeded" });
  expect((await read()).MemorySize).toBe(128);
});

it("lets calls pass before the first fault", async () => {
  const { read } = await started([{ operation: "lambda:GetFunctionConfiguration", after: 1, error: throttle }]);
  await read();
  await expect(read()).rejects.toThrow(TooManyRequestsException);
  await read();
});

it("meets only the calls that match", async () => {
  const { resize } = await started([
    {
      operation: "UpdateFunctionConfiguration",
      matches: (input) =>
        typeof input === "object" && input !== null && "MemorySize" in input && input.MemorySize === 512,
      error: { status: 409, type: "ResourceConflictException" },
    },
  ]);
  await resize(256);
  await expect(resize(512)).rejects.toThrow(ResourceConflictException);
});

it("leaves a call without effect, unless the fault comes after it", async () => {
  const { endpoint, read, resize } = await started([{ operation: "UpdateFunctionConfiguration", error: throttle }]);
  await expect(resize(256)).rejects.toThrow(TooManyRequestsException);
  expect((await read()).MemorySize).toBe(128);
  endpoint.injectFault({ operation: "UpdateFunctionConfiguration", error: throttle, afterEffect: true });
  await expect(resize(512)).rejects.toThrow(TooManyRequestsException);
  expect((await read()).MemorySize).toBe(512);
});

it("closes the connection without an answer", async () => {
  const { endpoint, read, resize } = await started([
    { operation: "UpdateFunctionConfiguration", dropConnection: true },
  ]);
  await expect(resize(256)).rejects.toMatchObject({ code: "ECONNRESET" });
  expect((await read()).MemorySize).toBe(128);
  endpoint.injectFault({ operation: "UpdateFunctionConfiguration", dropConnection: true, afterEffect: true });
  await expect(resize(512)).rejects.toMatchObject({ code: "ECONNRESET" });
  expect((await read()).MemorySize).toBe(512);
});

it("is met by the SDK's own retries", async () => {
  const { endpoint, read } = await started([{ operation: "*", times: 2, dropConnection: true }], 3);
  expect((await read()).$metadata.attempts).toBe(3);
  expect(endpoint.calls().map(({ status }) => status)).toEqual([undefined, undefined, 200]);
});

it("delays a call", async () => {
  const { read, lambda } = await started([{ operation: "GetFunctionConfiguration", delayMs: 50 }]);
  const order: string[] = [];
  await Promise.all([
    read().then(() => order.push("delayed")),
    lambda.send(new InvokeCommand({ FunctionName, InvocationType: "DryRun" })).then(() => order.push("prompt")),
  ]);
  expect(order).toEqual(["prompt", "delayed"]);
});
