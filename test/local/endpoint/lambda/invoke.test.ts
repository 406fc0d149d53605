import {
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type InvokeCommandInput,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import type {
  EndpointOptions,
  FunctionDefinition,
  InvocationEvent,
} from "../../../../local/endpoint/start-endpoint.ts";
import { heldRunner } from "../../../support/held-runner.ts";
import { clientsOf, manualClock, registerSimulation, startTestEndpoint } from "../../../support/test-endpoint.ts";

const FunctionName = "thumbnails";

const held = async (options: EndpointOptions = {}, definition: Partial<FunctionDefinition> = {}) => {
  const endpoint = await startTestEndpoint(options);
  const runner = heldRunner();
  endpoint.registerFunction({ functionName: FunctionName, ...definition }, runner);
  const { lambda } = clientsOf(endpoint);
  return {
    endpoint,
    lambda,
    runner,
    invoke: (input: Omit<InvokeCommandInput, "FunctionName"> = {}) =>
      lambda.send(new InvokeCommand({ FunctionName, ...input })),
  };
};

it("hands the runner what it needs", async () => {
  const { runner, invoke } = await held({}, { memorySizeMb: 512, timeoutSeconds: 9, environment: { A: "1" } });
  const answer = invoke({ Payload: '{"width":100}', Qualifier: "$LATEST" });
  await runner.holds(1);
  runner.releaseAll({ payload: Buffer.from('{"ok":true}') });
  expect((await answer).Payload?.transformToString()).toBe('{"ok":true}');
  const [invocation] = runner.invocations;
  expect(invocation).toMatchObject({
    functionName: FunctionName,
    invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:thumbnails:$LATEST",
    version: "$LATEST",
    memorySizeMb: 512,
    timeoutSeconds: 9,
    environment: { A: "1" },
    logFormat: "Text",
  });
  expect(Buffer.from(invocation?.payload ?? []).toString()).toBe('{"width":100}');
});

it("sends an empty object when there is no payload", async () => {
  const { runner, invoke } = await held();
  const answer = invoke();
  await runner.holds(1);
  runner.releaseAll();
  await answer;
  expect(Buffer.from(runner.invocations[0]?.payload ?? []).toString()).toBe("{}");
});

it("answers a failed function with its error, not with an exception", async () => {
  const { runner, invoke } = await held();
  const answer = invoke();
  await runner.holds(1);
  runner.releaseAll({ functionError: "Unhandled", payload: Buffer.from('{"errorType":"TypeError"}') });
  expect(await answer).toMatchObject({ StatusCode: 200, FunctionError: "Unhandled" });
});

it("gives no log tail unless it is asked for one", async () => {
  const endpoint = await startTestEndpoint();
  registerSimulation(endpoint, { functionName: FunctionName });
  const { lambda } = clientsOf(endpoint);
  expect((await lambda.send(new InvokeCommand({ FunctionName }))).LogResult).toBeUndefined();
  expect((await lambda.send(new InvokeCommand({ FunctionName, LogType: "Tail" }))).LogResult).toBeDefined();
});

it("checks an invocation without running it", async () => {
  const { runner, invoke, lambda } = await held();
  expect((await invoke({ InvocationType: "DryRun" })).StatusCode).toBe(204);
  await expect(
    lambda.send(new InvokeCommand({ FunctionName: "nobody", InvocationType: "DryRun" })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  expect(runner.invocations).toHaveLength(0);
});

it("answers an asynchronous invocation before it ends", async () => {
  const { runner, invoke } = await held();
  expect((await invoke({ InvocationType: "Event", Payload: "{}" })).StatusCode).toBe(202);
  await runner.holds(1);
  runner.releaseAll();
});

it.each([
  ["a payload that is not JSON", { Payload: "{width" }, "InvalidRequestContentException", 400],
  ["a payload above 6 MB", { Payload: `"${"x".repeat(6_291_456)}"` }, "RequestTooLargeException", 413],
  [
    "an asynchronous payload above 1 MB",
    { Payload: `"${"x".repeat(1_048_576)}"`, InvocationType: "Event" as const },
    "RequestTooLargeException",
    413,
  ],
])("refuses %s", async (_what, input, name, httpStatusCode) => {
  const { invoke } = await held();
  await expect(invoke(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
});

it("takes a payload of exactly 6 MB", async () => {
  const { runner, invoke } = await held();
  const answer = invoke({ Payload: `"${"x".repeat(6_291_454)}"` });
  await runner.holds(1);
  runner.releaseAll();
  expect((await answer).StatusCode).toBe(200);
});

it("turns an answer above 6 MB into the function's error", async () => {
  const { runner, invoke } = await held();
  const answer = invoke();
  await runner.holds(1);
  runner.releaseAll({ payload: Buffer.alloc(6_291_557, "1") });
  const { FunctionError, Payload } = await answer;
  expect(FunctionError).toBe("Unhandled");
  expect(Payload?.transformToString()).toContain("Function.ResponseSizeTooLarge");
});

it("runs the old configuration while an update of it is in progress", async () => {
  const clock = manualClock();
  const { runner, invoke, lambda } = await held({ clock: clock.now, controlPlaneDelayMs: 1000 });
  const invokeOnce = async () => {
    const answer = invoke();
    await runner.holds(1);
    runner.releaseAll();
    await answer;
  };
  await invokeOnce();
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 512 }));
  await invokeOnce();
  expect(runner.retired).toEqual([]);
  clock.advance(1000);
  await invokeOnce();
  expect(runner.invocations.map(({ memorySizeMb }) => memorySizeMb)).toEqual([128, 128, 512]);
  expect(runner.retired).toEqual(["$LATEST"]);
});

it("ends the environments of a deleted version", async () => {
  const { runner, lambda } = await held();
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: "1" }));
  expect(runner.retired).toEqual(["1"]);
});

it("tells the runner when the caller hangs up", async () => {
  const { runner, lambda } = await held();
  const hangUp = new AbortController();
  const answer = lambda.send(new InvokeCommand({ FunctionName }), { abortSignal: hangUp.signal });
  await runner.holds(1);
  const signal = runner.invocations[0]?.signal;
  hangUp.abort();
  await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  await new Promise<void>((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener("abort", () => resolve());
  });
  runner.releaseAll();
});

it("tells who watches about each invocation, twice", async () => {
  const events: InvocationEvent[] = [];
  const { runner, invoke } = await held({ onInvocation: (event) => events.push(event) }, { memorySizeMb: 256 });
  const answer = invoke();
  await runner.holds(1);
  runner.releaseAll({ functionError: "Handled" });
  await answer;
  const subject = { functionName: FunctionName, version: "$LATEST", memorySizeMb: 256 };
  expect(events).toEqual([
    { ...subject, phase: "start" },
    { ...subject, phase: "end", functionError: "Handled", report: expect.objectContaining({ durationMs: 1 }) },
  ]);
});

it("answers for a broken runner as for a broken service", async () => {
  const { endpoint, lambda } = await held();
  endpoint.registerFunction(
    { functionName: "broken" },
    { invoke: () => Promise.reject(new Error("no room")), retire: async () => {}, close: async () => {} },
  );
  await expect(lambda.send(new InvokeCommand({ FunctionName: "broken" }))).rejects.toMatchObject({
    name: "ServiceException",
    message: "no room",
  });
  expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "broken" }))).toMatchObject({
    State: "Active",
  });
});
