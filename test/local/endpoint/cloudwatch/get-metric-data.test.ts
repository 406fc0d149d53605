import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { CreateAliasCommand, InvokeCommand, PublishVersionCommand } from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { clientsOf, manualClock, registerSimulation, startTestEndpoint } from "../../../support/test-endpoint.ts";

const startMs = Date.UTC(2026, 0, 31);
const minuteMs = 60_000;

const started = async () => {
  const clock = manualClock(startMs);
  const endpoint = await startTestEndpoint({ clock: clock.now });
  registerSimulation(endpoint, { functionName: "thumbnails" });
  return { clock, endpoint, ...clientsOf(endpoint) };
};

const query = (MetricName: string, Stat: string, part: Partial<MetricDataQuery> = {}): MetricDataQuery => ({
  Id: "q",
  MetricStat: {
    Metric: { Namespace: "AWS/Lambda", MetricName, Dimensions: [{ Name: "FunctionName", Value: "thumbnails" }] },
    Period: 3600,
    Stat,
  },
  ...part,
});

const read = async (client: CloudWatchClient, ...queries: readonly MetricDataQuery[]) => {
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(startMs),
      EndTime: new Date(startMs + 24 * 60 * minuteMs),
      MetricDataQueries: [...queries],
    }),
  );
  return MetricDataResults;
};

it("has the metrics of the invocations that it served", async () => {
  const { lambda, cloudWatch } = await started();
  for (let count = 0; count < 3; count += 1) await lambda.send(new InvokeCommand({ FunctionName: "thumbnails" }));
  const statistics = ["SampleCount", "Sum", "Average", "Minimum", "Maximum", "p99.9", "PR(:999)"];
  const results = await read(
    cloudWatch,
    ...statistics.map((stat, index) => query("Duration", stat, { Id: `q${index}`, Label: stat })),
    query("Invocations", "Sum", { Id: "i", Label: "Invocations" }),
    query("Errors", "Sum", { Id: "e", Label: "Errors" }),
  );
  expect(Object.fromEntries(results.map(({ Label, Values }) => [Label, Values]))).toEqual({
    SampleCount: [3],
    Sum: [3000],
    Average: [1000],
    Minimum: [1000],
    Maximum: [1000],
    "p99.9": [1000],
    "PR(:999)": [0],
    Invocations: [3],
    Errors: [0],
  });
  expect(results[0]).toMatchObject({ StatusCode: "Complete", Timestamps: [new Date(startMs)] });
});

it("counts errors and throttles", async () => {
  const { endpoint, lambda, cloudWatch } = await started();
  registerSimulation(
    endpoint,
    { functionName: "thumbnails" },
    { memoryMB: [512], meanDurationMs: [1], outOfMemoryBelowMB: 256 },
  );
  await lambda.send(new InvokeCommand({ FunctionName: "thumbnails" }));
  endpoint.registerFunction(
    { functionName: "stopped", reservedConcurrency: 0 },
    { invoke: () => Promise.reject(new Error("never")), retire: async () => {}, close: async () => {} },
  );
  await lambda.send(new InvokeCommand({ FunctionName: "stopped" })).catch(() => undefined);
  const [errors] = await read(cloudWatch, query("Errors", "Sum"));
  expect(errors?.Values).toEqual([1]);
  const throttles = query("Throttles", "Sum");
  throttles.MetricStat?.Metric?.Dimensions?.splice(0, 1, { Name: "FunctionName", Value: "stopped" });
  expect((await read(cloudWatch, throttles))[0]?.Values).toEqual([1]);
});

it("has nothing of a function that was never invoked: no zeros", async () => {
  const { cloudWatch } = await started();
  const [result] = await read(cloudWatch, query("Invocations", "Sum"));
  expect(result).toMatchObject({ StatusCode: "Complete", Values: [], Timestamps: [] });
});

it("gives one value a period, newest first unless told otherwise", async () => {
  const { clock, lambda, cloudWatch } = await started();
  for (const count of [1, 2]) {
    for (let index = 0; index < count; index += 1) await lambda.send(new InvokeCommand({ FunctionName: "thumbnails" }));
    clock.advance(60 * minuteMs);
  }
  const command = (ScanBy?: "TimestampAscending") =>
    new GetMetricDataCommand({
      StartTime: new Date(startMs),
      EndTime: new Date(startMs + 24 * 60 * minuteMs),
      MetricDataQueries: [query("Invocations", "Sum")],
      ...(ScanBy !== undefined && { ScanBy }),
    });
  const newestFirst = await cloudWatch.send(command());
  const oldestFirst = await cloudWatch.send(command("TimestampAscending"));
  expect(newestFirst.MetricDataResults?.[0]?.Values).toEqual([2, 1]);
  expect(oldestFirst.MetricDataResults?.[0]?.Values).toEqual([1, 2]);
});

it("keeps the metrics of an alias and of its versions apart", async () => {
  const { lambda, cloudWatch } = await started();
  const FunctionName = "thumbnails";
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
  await lambda.send(new InvokeCommand({ FunctionName, Qualifier: "live" }));
  await lambda.send(new InvokeCommand({ FunctionName }));
  const withDimensions = (Id: string, ...dimensions: readonly (readonly [string, string])[]): MetricDataQuery => {
    const base = query("Invocations", "Sum", { Id });
    base.MetricStat?.Metric?.Dimensions?.push(...dimensions.map(([Name, Value]) => ({ Name, Value })));
    return base;
  };
  const results = await read(
    cloudWatch,
    withDimensions("all"),
    withDimensions("alias", ["Resource", "thumbnails:live"]),
    withDimensions("version", ["Resource", "thumbnails:live"], ["ExecutedVersion", "1"]),
    withDimensions("unqualified", ["Resource", "thumbnails"]),
  );
  expect(results.map(({ Values }) => Values)).toEqual([[2], [1], [1], [1]]);
});

it("leaves out what is not to be returned", async () => {
  const { cloudWatch } = await started();
  expect(await read(cloudWatch, query("Errors", "Sum", { ReturnData: false }))).toEqual([]);
});

it.each([
  ["an expression", { Id: "q", Expression: "SUM(METRICS())" }, "no metric expressions: SUM(METRICS())"],
  [
    "an odd period",
    query("Errors", "Sum", { MetricStat: { ...query("Errors", "Sum").MetricStat!, Period: 90 } }),
    "not 90",
  ],
])("refuses %s by name", async (_what, refused, message) => {
  const { cloudWatch } = await started();
  await expect(read(cloudWatch, refused)).rejects.toThrow(message);
});

it("refuses a statistic that it does not have by name", async () => {
  const { lambda, cloudWatch } = await started();
  await lambda.send(new InvokeCommand({ FunctionName: "thumbnails" }));
  await expect(read(cloudWatch, query("Duration", "TM(10%:90%)"))).rejects.toThrow("no statistic TM(10%:90%)");
});

it("refuses another protocol loudly", async () => {
  const { endpoint } = await started();
  const answer = await fetch(endpoint.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization: "AWS4-HMAC-SHA256 Credential=local/20260131/us-east-1/monitoring/aws4_request, Signature=0",
    },
    body: "Action=GetMetricData&Version=2010-08-01",
  });
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain(
    "cloudwatch:GetMetricData (application/x-www-form-urlencoded; this service is spoken here with AWS JSON",
  );
});
