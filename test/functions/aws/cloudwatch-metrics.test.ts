import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "vitest";
import { type MetricWanted, readMetrics } from "../../../functions/aws/cloudwatch-metrics.ts";
import { completeResult, queriesOf, startScriptedAws } from "../observing/scripted-aws.ts";

const window = { startMs: Date.UTC(2026, 0, 17), endMs: Date.UTC(2026, 0, 31) };

const wanted = (count: number, statistic = "Sum"): readonly MetricWanted[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `metric ${index}`,
    namespace: "AWS/Lambda",
    metric: `Metric${index}`,
    dimensions: { FunctionName: "orders" },
    statistic,
  }));

const start = async (valuesOf: (metric: string) => readonly number[]) => {
  const aws = await startScriptedAws((call) => ({
    body: {
      MetricDataResults: queriesOf(call).map((query) => ({
        ...completeResult(query, undefined),
        Values: valuesOf(query.MetricStat.Metric.MetricName),
      })),
    },
  }));
  const client = new CloudWatchClient({
    endpoint: aws.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  return { aws, client };
};

describe("reading metrics", () => {
  it("asks for at most 500 in one call, and keeps their names apart", async () => {
    const { aws, client } = await start((metric) => [Number(metric.slice("Metric".length))]);
    const { values, incomplete } = await readMetrics(client, wanted(1001), window);
    expect(aws.calls.map((call) => queriesOf(call).length)).toEqual([500, 500, 1]);
    expect(incomplete).toEqual([]);
    expect(values.size).toBe(1001);
    expect(values.get("metric 1000")).toBe(1000);
  });

  it("has no value for a metric without data", async () => {
    const { client } = await start(() => []);
    const { values, incomplete } = await readMetrics(client, wanted(2), window);
    expect(values.size).toBe(0);
    expect(incomplete).toEqual([]);
  });

  it.each([
    ["Sum", 30],
    ["SampleCount", 30],
    ["Maximum", 20],
    ["p99.9", 20],
    ["PR(:3000)", 10],
  ])("makes one %s of two periods, on the safe side", async (statistic, combined) => {
    const { client } = await start(() => [10, 20]);
    const { values } = await readMetrics(client, wanted(1, statistic), window);
    expect(values.get("metric 0")).toBe(combined);
  });
});
