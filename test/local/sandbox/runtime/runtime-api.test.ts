import { expect, it, onTestFinished } from "vitest";
import { RuntimeApi, type RuntimeEvent } from "../../../../local/sandbox/runtime/runtime-api.ts";

const open = async () => {
  const api = await RuntimeApi.open();
  onTestFinished(() => api.close());
  const call = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`http://${api.address}/2018-06-01/runtime/${path}`, init);
  return { api, call };
};

const event: RuntimeEvent = {
  requestId: "the-id",
  invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:f:1",
  deadline: 1_700_000_000_000,
  traceId: "Root=1-0-0;Sampled=0",
  payload: Buffer.from('{"value":7}'),
};

/** Asks for an event, and sends it once the request has come in. */
const exchange = async ({ api, call }: Awaited<ReturnType<typeof open>>) => {
  const next = call("invocation/next");
  await api.started;
  return { sent: api.send(event), next: await next };
};

it("hands out an event with Lambda's headers", async () => {
  const { next } = await exchange(await open());
  expect(next.status).toBe(200);
  expect(Object.fromEntries(next.headers)).toMatchObject({
    "lambda-runtime-aws-request-id": "the-id",
    "lambda-runtime-deadline-ms": "1700000000000",
    "lambda-runtime-invoked-function-arn": event.invokedFunctionArn,
    "lambda-runtime-trace-id": event.traceId,
  });
  expect(await next.json()).toEqual({ value: 7 });
});

it("ends an exchange when the runtime asks for the next event, not when it answers", async () => {
  const opened = await open();
  const { sent } = await exchange(opened);
  const answered = await opened.call("invocation/the-id/response", { method: "POST", body: "42" });
  expect(answered.status).toBe(202);
  expect(sent.reply).toMatchObject({ kind: "response" });
  const pending = await Promise.race([sent.finished, Promise.resolve("pending")]);
  expect(pending).toBe("pending");
  void opened.call("invocation/next").catch(() => undefined);
  expect(await sent.finished).toBeGreaterThanOrEqual(sent.startedAt);
});

it("takes an error with its type", async () => {
  const opened = await open();
  const { sent } = await exchange(opened);
  await opened.call("invocation/the-id/error", {
    method: "POST",
    headers: { "Lambda-Runtime-Function-Error-Type": "Own.Error" },
    body: "{}",
  });
  expect(sent.reply).toMatchObject({ kind: "error", errorType: "Own.Error" });
});

it("reports that the runtime cannot start", async () => {
  const { api, call } = await open();
  await call("init/error", { method: "POST", body: '{"errorMessage":"no"}' });
  const started = await api.started;
  expect(started.kind).toBe("failed");
});

it.each([
  ["invocation/another-id/response", 400],
  ["invocation/the-id/unknown", 404],
  ["unknown", 404],
])("refuses POST %s with %d", async (path, status) => {
  const opened = await open();
  await exchange(opened);
  expect((await opened.call(path, { method: "POST", body: "" })).status).toBe(status);
});

it("refuses a second answer to the same event", async () => {
  const opened = await open();
  await exchange(opened);
  const answers = [];
  for (const body of ["1", "2"]) {
    const { status } = await opened.call("invocation/the-id/response", { method: "POST", body });
    answers.push(status);
  }
  expect(answers).toEqual([202, 400]);
});

it("does not send an event to a runtime that has not asked", async () => {
  const { api } = await open();
  expect(() => api.send(event)).toThrow(TypeError);
});
