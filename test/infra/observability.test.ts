import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { tunerMetrics } from "../../core/run/tuner-metrics.ts";
import type { Handler } from "../../functions/observability/observed.ts";
import type { Readings } from "../../functions/observability/reading.ts";
import { functionNames } from "../../infra/functions/function-names.ts";
import type { TuneResult } from "../../local/engine.ts";
import { type EmittedMetric, faultsOf, type MetricRecord, metricsOf } from "../support/embedded-metric-format.ts";
import { resolveTemplate, type TemplateResource } from "./support/resolve-template.ts";
import { onTheEngine, stackWith, templateOf } from "./support/synthesised.ts";
import { metricsOfAlarms, metricsOfDashboard, searchesOfDashboard } from "./support/watched-metrics.ts";

type LogRecord = Readonly<Record<string, unknown>>;

let resources: Readonly<Record<string, TemplateResource>> = {};
let applied: { readonly results: readonly TuneResult[]; readonly log: readonly LogRecord[] };
let log: readonly LogRecord[] = [];

beforeAll(async () => {
  resources = resolveTemplate(templateOf(stackWith({ functions: ["target"] }).stack), onTheEngine);
  await observeEveryFunction();
  const { appliedRuns, failedRun, play, stoppedRun, sweptRun } = await import("./support/scenarios.ts");
  applied = await recorded(async () => play(appliedRuns, (_engine, results) => results));
  const others = await recorded(async () => {
    for (const scenario of [failedRun, stoppedRun, sweptRun]) await play(scenario, () => undefined);
    return [];
  });
  log = [...applied.log, ...others.log];
}, 120_000);

afterAll(() => {
  vi.unstubAllEnvs();
});

/** Handlers as their bundles wrap them: with the log and the metrics that are deployed. */
const observeEveryFunction = async (): Promise<void> => {
  const readings: Readonly<Record<string, () => Promise<{ readonly readings: Readings }>>> = {
    measure: async () => import("../../functions/observability/readings/measure.ts"),
    recommend: async () => import("../../functions/observability/readings/recommend.ts"),
    "clean-up": async () => import("../../functions/observability/readings/clean-up.ts"),
  };
  vi.stubEnv("POWERTOOLS_SERVICE_NAME", serviceOf("measure"));
  const { observed } = await import("../../functions/observability/observed.ts");
  for (const name of functionNames) {
    const said = await readings[name]?.();
    vi.doMock(`../../functions/${name}.ts`, async (load) => {
      const original = await load<{ readonly handler: Handler }>();
      // One for each call, as environments of Lambda have one call at a time.
      const handler: Handler = async (event, context) =>
        observed(name, original.handler, said?.readings)(event, context);
      return { ...original, handler };
    });
  }
};

/** The name of the service that the template gives a function. */
const serviceOf = (name: string): string => {
  const found = Object.values(resources).find(
    ({ Properties: { Description: description } }) => description === `lambda-tuner: ${name}`,
  );
  return /"POWERTOOLS_SERVICE_NAME":"([\w-]+)"/.exec(JSON.stringify(found))?.[1] ?? "";
};

/** What something writes to the log. */
const recorded = async <Results>(
  work: () => Promise<Results>,
): Promise<{ readonly results: Results; readonly log: readonly LogRecord[] }> => {
  const lines: string[] = [];
  const keep = (chunk: unknown): boolean => lines.push(...String(chunk).split("\n")) > 0;
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation((chunk) => keep(chunk)),
  );
  try {
    const results = await work();
    return { results, log: lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as LogRecord) };
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
};

const isMetric = (record: LogRecord): boolean => "_aws" in record;
const recordsOf = (records: readonly LogRecord[]): readonly MetricRecord[] =>
  records.filter(isMetric) as readonly unknown[] as readonly MetricRecord[];
const emitted = (records: readonly LogRecord[] = log): readonly EmittedMetric[] =>
  recordsOf(records).flatMap(metricsOf);
const total = (name: string, records?: readonly LogRecord[]): number =>
  emitted(records)
    .filter((metric) => metric.name === name)
    .flatMap(({ values }) => values)
    .reduce((sum, value) => sum + value, 0);

describe("the metrics of real runs", () => {
  it("are records of the embedded metric format", () => {
    expect(recordsOf(log).length).toBeGreaterThan(10);
    expect(recordsOf(log).flatMap(faultsOf)).toEqual([]);
  });

  it("are all that are promised, each with the dimensions of its kind", () => {
    const kinds = new Set(
      emitted().map(({ name, dimensions }) => `${name} by ${Object.keys(dimensions).sort().join(", ")}`),
    );
    const byTarget = new Set<string>([tunerMetrics.currentMemoryMb, tunerMetrics.recommendedMemoryMb]);
    expect([...kinds].sort()).toEqual(
      Object.values(tunerMetrics)
        .map((name) => `${name} by ${byTarget.has(name) ? "functionName, service" : "service"}`)
        .sort(),
    );
  });

  it("add up to what the reports say", () => {
    const runs = applied.results.flatMap((result) => (result.kind === "report" ? [result.report.run] : []));
    const sum = (valueOf: (run: (typeof runs)[number]) => number): number =>
      runs.reduce((before, run) => before + valueOf(run), 0);
    expect(runs).toHaveLength(2);
    expect(total("RunsFinished", applied.log)).toBe(2);
    expect(total("TargetInvocations", applied.log)).toBe(sum(({ invocations }) => invocations));
    expect(total("FailedInvocations", applied.log)).toBe(sum(({ failedInvocations }) => failedInvocations));
    expect(total("SpendUsd", applied.log)).toBeCloseTo(
      sum(({ cost }) => cost.actual.total),
      12,
    );
  });

  it("tell of a clean-up that failed, and of what the sweep found the day after", () => {
    expect(total("RestoreFailures")).toBeGreaterThan(0);
    expect(total("LeftoversFound")).toBe(1);
  });
});

describe("what is watched", () => {
  it("is emitted with exactly that name and those dimensions", () => {
    const own = [...metricsOfAlarms(resources), ...metricsOfDashboard(resources)].filter(
      ({ namespace }) => namespace === "LambdaTuner",
    );
    expect(own.length).toBeGreaterThan(8);
    const keyOf = ({ name, dimensions }: Pick<EmittedMetric, "name" | "dimensions">): string =>
      [
        name,
        ...Object.keys(dimensions)
          .sort()
          .map((key) => `${key}=${dimensions[key]}`),
      ].join(" ");
    const known = new Set(emitted().map(keyOf));
    const missing = own.filter((metric) => !known.has(keyOf(metric))).map(({ by, name }) => `${by}: ${name}`);
    expect(missing).toEqual([]);
  });

  it("is found by the searches of the dashboard", () => {
    const searches = searchesOfDashboard(resources);
    expect(searches).toHaveLength(1);
    for (const { namespace, name, keys, service } of searches) {
      const found = emitted().filter(
        (metric) =>
          metric.namespace === namespace &&
          metric.name === name &&
          Object.keys(metric.dimensions).sort().join() === keys.toSorted().join() &&
          metric.dimensions["service"] === service,
      );
      expect(found.length).toBeGreaterThan(0);
    }
  });

  it("is of AWS's services what they publish, by the dimension that they publish it with", () => {
    const published: Readonly<Record<string, readonly string[]>> = {
      "AWS/States StateMachineArn": [
        "ExecutionsSucceeded",
        "ExecutionsFailed",
        "ExecutionsAborted",
        "ExecutionsTimedOut",
        "ExecutionThrottled",
      ],
      "AWS/Lambda FunctionName": ["Errors", "Throttles"],
      "AWS/SQS QueueName": ["ApproximateNumberOfMessagesVisible"],
    };
    const others = [...metricsOfAlarms(resources), ...metricsOfDashboard(resources)].filter(
      ({ namespace }) => namespace !== "LambdaTuner",
    );
    expect(others.length).toBeGreaterThan(10);
    const unknown = others.filter(
      ({ namespace, name, dimensions }) => !published[`${namespace} ${Object.keys(dimensions).join()}`]?.includes(name),
    );
    expect(unknown).toEqual([]);
  });

  it("covers failed runs, leftovers, failed clean-ups, spend, dead letters and throttles", () => {
    const byAlarm = new Map<string, string[]>();
    for (const { by, name } of metricsOfAlarms(resources)) {
      const alarm = /Alarms([A-Za-z]+)[0-9A-F]{8}$/.exec(by)?.[1] ?? by;
      byAlarm.set(alarm, [...(byAlarm.get(alarm) ?? []), name]);
    }
    expect(Object.fromEntries([...byAlarm].map(([alarm, names]) => [alarm, [...new Set(names)]]))).toEqual({
      FailedRuns: ["ExecutionsFailed", "ExecutionsTimedOut"],
      Leftovers: ["LeftoversFound"],
      RestoreFailures: ["RestoreFailures", "Errors"],
      Spend: ["SpendUsd"],
      DeadLetters: ["ApproximateNumberOfMessagesVisible"],
      Throttles: ["Throttles", "ExecutionThrottled"],
    });
  });

  it("is named on the page of deployment", () => {
    const page = readFileSync("docs/deploy.md", "utf8");
    expect(Object.values(tunerMetrics).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

describe("the log of real runs", () => {
  it("names function, run and request in every record, and no payload", () => {
    const records = log.filter((record) => !isMetric(record));
    expect(new Set(records.map((record) => record["function"]))).toEqual(new Set(functionNames));
    for (const record of records) {
      expect(record).toMatchObject({
        level: expect.any(String),
        timestamp: expect.any(String),
        request_id: expect.any(String),
      });
    }
    // The sweep is called for no run.
    expect(records.filter((record) => !("correlation_id" in record))).toHaveLength(1);
  });

  it("never says that a metric could not be published", () => {
    expect(log.filter(({ level }) => level === "WARN")).toEqual([]);
  });
});
