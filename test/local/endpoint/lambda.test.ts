import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PreconditionFailedException,
  PublishVersionCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { clientsOf, manualClock, registerSimulation, startTestEndpoint } from "../../support/test-endpoint.ts";

it("answers an invocation with its payload, version and log tail", async () => {
  const endpoint = await startTestEndpoint();
  registerSimulation(endpoint, { functionName: "thumbnails", memorySizeMb: 256 });
  const { lambda } = clientsOf(endpoint);
  const answer = await lambda.send(new InvokeCommand({ FunctionName: "thumbnails", LogType: "Tail" }));
  expect(answer.StatusCode).toBe(200);
  expect(answer.ExecutedVersion).toBe("$LATEST");
  expect(answer.FunctionError).toBeUndefined();
  expect(Buffer.from(answer.LogResult ?? "", "base64").toString()).toMatch(
    /REPORT RequestId: [\w-]+\tDuration: 500.00 ms\tBilled Duration: 700 ms\tMemory Size: 256 MB\tMax Memory Used: 64 MB\tInit Duration: 200.00 ms\t\n$/,
  );
});

it("publishes a version of an updated function", async () => {
  const endpoint = await startTestEndpoint({ controlPlaneDelayMs: 5 });
  registerSimulation(endpoint, { functionName: "thumbnails" });
  const { lambda } = clientsOf(endpoint);
  const FunctionName = "thumbnails";
  const waiting = { client: lambda, maxWaitTime: 20, minDelay: 1, maxDelay: 1 };
  const updated = await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 512 }));
  expect(updated.LastUpdateStatus).toBe("InProgress");
  await waitUntilFunctionUpdatedV2(waiting, { FunctionName });
  const published = await lambda.send(new PublishVersionCommand({ FunctionName, Description: "ours" }));
  expect(published).toMatchObject({ Version: "1", MemorySize: 512, Description: "ours", State: "Pending" });
  await waitUntilFunctionActiveV2(waiting, { FunctionName, Qualifier: "1" });
});

it("refuses a conditional update of another revision", async () => {
  const endpoint = await startTestEndpoint();
  registerSimulation(endpoint, { functionName: "thumbnails" });
  const { lambda } = clientsOf(endpoint);
  const FunctionName = "thumbnails";
  const { RevisionId } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, RevisionId, Timeout: 9 }));
  await expect(
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, RevisionId, Timeout: 10 })),
  ).rejects.toThrow(PreconditionFailedException);
});

it("refuses an update while another is in progress", async () => {
  const clock = manualClock();
  const endpoint = await startTestEndpoint({ clock: clock.now, controlPlaneDelayMs: 1000 });
  registerSimulation(endpoint, { functionName: "thumbnails" });
  const { lambda } = clientsOf(endpoint);
  const update = new UpdateFunctionConfigurationCommand({ FunctionName: "thumbnails", MemorySize: 512 });
  await lambda.send(update);
  await expect(lambda.send(update)).rejects.toThrow(ResourceConflictException);
  clock.advance(1000);
  await lambda.send(update);
});

it("knows no function that was not registered", async () => {
  const { lambda } = clientsOf(await startTestEndpoint());
  await expect(lambda.send(new InvokeCommand({ FunctionName: "nobody" }))).rejects.toThrow(ResourceNotFoundException);
});
