import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { GetFunctionConfigurationCommand, InvokeCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { expect, it, onTestFinished } from "vitest";
import { InvalidRequestError } from "../../../core/errors/invalid-request-error.ts";
import { InvalidTargetError } from "../../../core/errors/invalid-target-error.ts";
import { PortInUseError } from "../../../core/errors/port-in-use-error.ts";
import { serve, type ServeOptions } from "../../../local/endpoint/serve.ts";
import { clientsOf } from "../../support/test-endpoint.ts";

const files = (contents: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "serve-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), content);
  return folder;
};

const folder = (): string =>
  files({
    "echo.mjs": "export const handler = async (event) => event; export const other = async () => 'other';",
    "curve.json": '{"memoryMB": [128, 1024], "meanDurationMs": [800, 100]}',
    "metrics.json": '{"simulated": {"invocations": 1000, "durationsMs": [10, 20]}}',
  });

const served = async (options: ServeOptions) => {
  const serving = await serve(options);
  onTestFinished(() => serving.close());
  return { serving, ...clientsOf(serving.endpoint) };
};

it("serves code and simulations side by side", async () => {
  const at = folder();
  const { serving, lambda } = await served({
    functions: [`echo=${at}/echo.mjs`, `other=${at}/echo.mjs:other`],
    simulations: [`simulated=${at}/curve.json`],
  });
  expect(serving.functions).toEqual(["echo", "other", "simulated"]);
  expect((await lambda.send(new ListFunctionsCommand({}))).Functions).toHaveLength(3);
  const answers = await Promise.all(
    serving.functions.map(async (FunctionName) => {
      const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"a":1}' }));
      return Payload?.transformToString();
    }),
  );
  expect(answers).toEqual(['{"a":1}', '"other"', '{"simulated":true}']);
});

it("describes code by its runtime and handler", async () => {
  const { lambda } = await served({ functions: [`echo=${folder()}/echo.mjs:other`] });
  expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "echo" }))).toMatchObject({
    Runtime: "nodejs24.x",
    Handler: "echo.other",
    MemorySize: 1024,
    LoggingConfig: { LogFormat: "Text" },
  });
});

it("writes logs in the format that was asked for", async () => {
  const { lambda } = await served({ simulations: [`simulated=${folder()}/curve.json`], logFormat: "json" });
  const { LogResult } = await lambda.send(new InvokeCommand({ FunctionName: "simulated", LogType: "Tail" }));
  const records = Buffer.from(LogResult ?? "", "base64")
    .toString()
    .trim()
    .split("\n");
  expect(records.map((record) => JSON.parse(record).type)).toEqual([
    "platform.initStart",
    "platform.start",
    "platform.report",
  ]);
});

it("says which functions of a metrics file it does not serve", async () => {
  const at = folder();
  const metricsFile = `${at}/metrics.json`;
  const { serving } = await served({ simulations: [`other=${at}/curve.json`], metricsFile });
  expect(serving.notes).toEqual(["The metrics file gives a past to simulated, which this does not serve (other)."]);
});

it("has the production history of a metrics file", async () => {
  const at = folder();
  const { cloudWatch } = await served({
    simulations: [`simulated=${at}/curve.json`],
    metricsFile: `${at}/metrics.json`,
  });
  const now = Date.now();
  const { MetricDataResults } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(now - 14 * 86_400_000),
      EndTime: new Date(now),
      MetricDataQueries: [
        {
          Id: "q",
          MetricStat: {
            Metric: {
              Namespace: "AWS/Lambda",
              MetricName: "Invocations",
              Dimensions: [{ Name: "FunctionName", Value: "simulated" }],
            },
            Period: 14 * 86_400,
            Stat: "Sum",
          },
        },
      ],
    }),
  );
  expect(MetricDataResults?.[0]?.Values).toEqual([1000]);
});

it.each<[string, (at: string) => ServeOptions, string]>([
  ["an unknown log format", () => ({ logFormat: "xml" }), "--log-format: expected text or json, got xml"],
  ["a function without a path", () => ({ functions: ["echo"] }), "--function: expected NAME=PATH"],
  ["a simulation without a file", () => ({ simulations: ["x="] }), "--simulate: expected NAME=FILE"],
  ["a name that Lambda would refuse", () => ({ functions: ["a b=x.mjs"] }), "NAME has 1 to 64 letters"],
  [
    "a name that comes twice",
    (at) => ({ functions: [`x=${at}/echo.mjs`], simulations: [`x=${at}/curve.json`] }),
    "got x twice",
  ],
  ["a port that does not exist", () => ({ port: 70_000 }), "--port: expected a whole number from 0"],
  ["a seed that is no number", () => ({ seed: Number.NaN }), "--seed: expected a whole number from 0"],
  ["a bad simulation file", (at) => ({ simulations: [`x=${at}/metrics.json`] }), "metrics.json has 3 faults"],
  ["a bad metrics file", (at) => ({ metricsFile: `${at}/curve.json` }), "memoryMB"],
])("refuses %s", async (_what, options, message) => {
  const refusal = await serve(options(folder())).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(InvalidRequestError);
  expect(refusal).toHaveProperty("message", expect.stringContaining(message));
});

it("refuses a path without a function", async () => {
  await expect(serve({ functions: ["x=/nowhere/index.mjs"] })).rejects.toThrow(InvalidTargetError);
});

it("refuses a port that is taken", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  await expect(serve({ port, simulations: [`x=${folder()}/curve.json`] })).rejects.toThrow(PortInUseError);
});
