import { expect, it } from "vitest";
import { metricStatistic } from "../../../../local/endpoint/cloudwatch/metric-statistic.ts";
import { createMetricStore } from "../../../../local/endpoint/cloudwatch/metric-store.ts";
import {
  loadProductionHistory,
  parseProductionHistory,
} from "../../../../local/endpoint/cloudwatch/production-history.ts";

const nowMs = Date.UTC(2026, 0, 31);
const dayMs = 86_400_000;

const loaded = (history: object) => {
  const store = createMetricStore();
  for (const [name, parsed] of parseProductionHistory({ thumbnails: history })) {
    loadProductionHistory(store, name, parsed, nowMs);
  }
  return (metric: string, fromDaysAgo = 14, toDaysAgo = 0) =>
    store.read(
      "AWS/Lambda",
      metric,
      { FunctionName: "thumbnails" },
      nowMs - fromDaysAgo * dayMs,
      nowMs - toDaysAgo * dayMs,
    );
};

it("stands for exactly as many invocations as it says", () => {
  const read = loaded({ invocations: 100_003, durationsMs: [10, 20, 40, 1000], errors: 7, throttles: 2 });
  expect(metricStatistic(read("Duration"), "SampleCount")).toBe(100_003);
  expect(metricStatistic(read("Invocations"), "Sum")).toBe(100_003);
  expect(metricStatistic(read("Errors"), "Sum")).toBe(7);
  expect(metricStatistic(read("Errors"), "SampleCount")).toBe(100_003);
  expect(metricStatistic(read("Throttles"), "Sum")).toBe(2);
});

it("has the percentiles of its durations", () => {
  const read = loaded({ invocations: 100_000, durationsMs: Array.from({ length: 1000 }, (_, index) => index + 1) });
  const points = read("Duration");
  expect(["p50", "p99", "p99.9", "Maximum"].map((stat) => metricStatistic(points, stat))).toEqual([
    500, 990, 999, 1000,
  ]);
  expect(metricStatistic(points, "PR(:300)")).toBeCloseTo(30, 9);
});

it("spreads evenly over its days", () => {
  const read = loaded({ days: 10, invocations: 1000, durationsMs: [1, 2] });
  const perDay = Array.from({ length: 10 }, (_, day) => metricStatistic(read("Duration", day + 1, day), "SampleCount"));
  expect(perDay).toEqual(Array.from({ length: 10 }, () => 100));
  expect(read("Duration", 20, 10)).toEqual([]);
});

it("has the percentiles that it is given in place of durations", () => {
  const percentilesMs = { "100": 4100, "50": 95, "99": 420, "99.9": 1300 };
  const read = loaded({ invocations: 1_000_000, percentilesMs });
  const points = read("Duration");
  expect(metricStatistic(points, "SampleCount")).toBe(1_000_000);
  for (const [percentile, durationMs] of [
    ["p10", 95],
    ["p50", 95],
    ["p99", 420],
    ["p99.9", 1300],
    ["Maximum", 4100],
  ] as const) {
    expect(metricStatistic(points, percentile) / durationMs).toBeCloseTo(1, 1);
  }
  // Half way between p99 and p99.9 by the logarithm of what is slower.
  expect(metricStatistic(points, "p99.684") / Math.sqrt(420 * 1300)).toBeCloseTo(1, 1);
});

it("has cold starts where Lambda Insights would show them", () => {
  const store = createMetricStore();
  const [[name, history] = []] = parseProductionHistory({ f: { invocations: 900, durationsMs: [1], coldStarts: 9 } });
  if (name !== undefined && history !== undefined) loadProductionHistory(store, name, history, nowMs);
  const points = store.read("LambdaInsights", "init_duration", { function_name: "f" }, nowMs - 14 * dayMs, nowMs);
  expect(metricStatistic(points, "SampleCount")).toBe(9);
});

it.each([
  ["neither durations nor percentiles", { invocations: 5 }, "expected either durationsMs or percentilesMs"],
  ["percentiles without a maximum", { invocations: 5, percentilesMs: { "50": 1 } }, 'the maximum among them, as "100"'],
  ["percentiles that fall", { invocations: 5, percentilesMs: { "50": 2, "100": 1 } }, "durations that rise"],
  ["percentiles that are none", { invocations: 5, percentilesMs: { p50: 2, "100": 3 } }, "got 100, p50"],
  [
    "more cold starts than invocations",
    { invocations: 5, durationsMs: [1], coldStarts: 6 },
    "expected at most 5, got 6",
  ],
  ["more errors than invocations", { invocations: 5, durationsMs: [1], errors: 6 }, "expected at most 5, got 6"],
  ["more durations than invocations", { invocations: 1, durationsMs: [1, 2] }, "at most one for each"],
  ["an unknown key", { invocations: 1, durationMs: [1] }, 'did you mean "durationsMs"?'],
])("refuses %s", (_what, history, message) => {
  expect(() => parseProductionHistory({ thumbnails: history }, "The metrics file x.json")).toThrow(message);
});
