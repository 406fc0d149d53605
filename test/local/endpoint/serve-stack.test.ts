import { InvokeCommand, ListVersionsByFunctionCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { reportSchema } from "../../../core/report/schema.ts";
import { serve } from "../../../local/endpoint/serve.ts";
import { clientsOf } from "../../support/test-endpoint.ts";

const installed = async () => {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "curve.json"), '{"memoryMB": [128, 1024], "meanDurationMs": [800, 100]}');
  const serving = await serve({ simulations: [`thumbnails=${folder}/curve.json`], stack: true });
  onTestFinished(() => serving.close());
  const { url, endpoint, stateMachineArn } = serving;
  const sfn = new SFNClient({
    endpoint: url,
    region: endpoint.region,
    credentials: { accessKeyId: "user", secretAccessKey: "user" },
  });
  return {
    endpoint,
    sfn,
    ...clientsOf(endpoint),
    start: async (request: object) => {
      const input = JSON.stringify({ functionArn: "thumbnails", ...request });
      const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name: "run-1", input }));
      return executionArn;
    },
  };
};

const ended = async (sfn: SFNClient, executionArn: string | undefined) => {
  for (;;) {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== "RUNNING") return execution;
    await sleep(20);
  }
};

const fixed = { memory: { sizesMb: [256, 512, 1024] }, sampling: { method: "fixed", invocationsPerSize: 3 } };

it("tunes a function as an account with lambda-tuner deployed would", async () => {
  const { sfn, s3, start } = await installed();
  const execution = await ended(sfn, await start(fixed));
  expect(execution).toMatchObject({ status: "SUCCEEDED" });
  const report = reportSchema.parse(JSON.parse(execution.output ?? ""));
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(report.reportUri ?? "") ?? [];
  const stored = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(reportSchema.parse(JSON.parse((await stored.Body?.transformToString()) ?? "")).run.id).toBe("run-1");
});

it("fails as an execution when the request is not valid", async () => {
  const { sfn, start } = await installed();
  const execution = await ended(sfn, await start({ objective: "cheapest" }));
  expect(execution).toMatchObject({ status: "FAILED", error: "Tuner.InvalidRequest" });
});

it("cleans up after an execution that was stopped by hand", async () => {
  const { endpoint, sfn, lambda, start } = await installed();
  const executionArn = await start(fixed);
  while (!endpoint.calls().some(({ action }) => action === "PublishVersion")) {
    await sleep(5);
  }
  await sfn.send(new StopExecutionCommand({ executionArn }));
  expect((await ended(sfn, executionArn)).status).toBe("ABORTED");
  const versions = async () =>
    (await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "thumbnails" }))).Versions?.length;
  while ((await versions()) !== 1) await sleep(20);
  expect(await versions()).toBe(1);
});

it("has a clean-up function that people may invoke", async () => {
  const { lambda } = await installed();
  const FunctionName = "lambda-tuner-clean-up";
  const cleaned = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"restore":{}}' }));
  expect(JSON.parse(cleaned.Payload?.transformToString() ?? "")).toEqual({ cleaned: [] });
  expect(cleaned.FunctionError).toBeUndefined();
  const refused = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"nonsense":1}' }));
  expect(refused.FunctionError).toBe("Unhandled");
});
