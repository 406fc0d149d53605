import { describe, expect, it } from "vitest";
import { observationSchema } from "../../core/production/production-metrics.ts";
import { handler as observe } from "../../functions/observe.ts";
import { putInvocationMetrics } from "../../local/endpoint/cloudwatch/invocation-metrics.ts";
import { type FunctionHistory, loadProductionHistory } from "../../local/endpoint/cloudwatch/production-history.ts";
import { startAccount, targetName } from "./function-call.ts";
import {
  completeResult,
  noCallers,
  observeEvent,
  queriesOf,
  type ScriptedAnswer,
  startScriptedAws,
  wholeFunction,
} from "./observing/scripted-aws.ts";

const runStartMs = Date.parse("2026-01-31T00:00:00.000Z");

const history = (facts: Partial<FunctionHistory> = {}): FunctionHistory => ({
  days: 14,
  invocations: 60_000,
  // 1 ms to 1 s, each one standing for 60 invocations.
  durationsMs: Array.from({ length: 1000 }, (_, index) => index + 1),
  errors: 30,
  throttles: 6,
  maxConcurrentExecutions: 7,
  ...facts,
});

const observed = async (facts?: Partial<FunctionHistory>, endsMs = runStartMs) => {
  const account = await startAccount();
  if (facts !== undefined) loadProductionHistory(account.endpoint.metrics, targetName, history(facts), endsMs);
  const state = await account.plan();
  return { account, state, observation: await account.call(observe, state) };
};

describe("Observe, with the embedded endpoint", () => {
  it("reads counts, percentiles and the slowest invocations", async () => {
    const { observation } = await observed({});
    expect(observationSchema.parse(observation)).toEqual(observation);
    expect(observation.warnings).toEqual([]);
    expect(observation.metrics).toMatchObject({
      lookbackDays: 14,
      resource: "$LATEST",
      invocations: 60_000,
      errors: 30,
      throttles: 6,
      timeouts: 0,
      maxConcurrentExecutions: 7,
      duration: { sampleCount: 60_000, meanMs: 500.5, maxMs: 1000, p50Ms: 500, p99Ms: 990, p999Ms: 999 },
    });
    const tail = observation.metrics?.duration?.tail ?? [];
    expect(tail[0]).toEqual({ rank: 1, durationMs: 1000 });
    // The 61st slowest is the first of the invocations that took 999 ms.
    expect(tail.findLast(({ durationMs }) => durationMs === 1000)?.rank).toBeLessThanOrEqual(60);
    expect(tail.find(({ durationMs }) => durationMs < 1000)?.rank).toBeGreaterThan(60);
  });

  it("says so when there were no invocations", async () => {
    const { observation } = await observed();
    expect(observation.metrics).toBeUndefined();
    expect(observation.warnings).toEqual([{ kind: "no-production-data", lookbackDays: 14 }]);
  });

  it("says so when there were too few", async () => {
    const { observation } = await observed({ invocations: 1000 });
    expect(observation.metrics?.duration?.sampleCount).toBe(1000);
    expect(observation.warnings).toEqual([{ kind: "little-production-data", invocations: 1000, needed: 3000 }]);
  });

  it("does not count what was invoked since the run began", async () => {
    const { observation } = await observed({ days: 1 }, runStartMs + 2 * 86_400_000);
    expect(observation.warnings).toEqual([{ kind: "no-production-data", lookbackDays: 14 }]);
  });

  describe("after earlier tuning runs", () => {
    // This run published version 4.
    const observedAfter = async (calls: readonly { qualifier?: string; version: string; count: number }[]) => {
      const account = await startAccount();
      for (const { qualifier, version, count } of calls) {
        for (let call = 0; call < count; call += 1) {
          putInvocationMetrics(account.endpoint.metrics, {
            functionName: targetName,
            qualifier,
            executedVersion: version,
            epochMs: runStartMs - 3_600_000,
            durationMs: 40,
            failed: false,
            concurrent: 1,
          });
        }
      }
      const state = await account.plan();
      const versions = [{ memorySizeMb: 512, version: "4" }];
      return { state, observation: await account.call(observe, { ...state, versions }) };
    };

    it("claims no production when there is nothing but what those runs invoked", async () => {
      const { state, observation } = await observedAfter([
        { qualifier: "1", version: "1", count: 30 },
        { qualifier: "2", version: "2", count: 30 },
      ]);
      expect(state.estimate.basis).toMatchObject({ kind: "assumed" });
      expect(observation.metrics).toBeUndefined();
      expect(observation.warnings).toEqual([{ kind: "production-mixed", lookbackDays: 14, numbered: 60, others: 0 }]);
    });

    it("reads those of $LATEST, however many the runs made", async () => {
      const { observation } = await observedAfter([
        { qualifier: "1", version: "1", count: 30 },
        { version: "$LATEST", count: 10 },
      ]);
      expect(observation.metrics).toMatchObject({ resource: "$LATEST", invocations: 10 });
    });

    it("says so when production goes by an alias that the request does not name", async () => {
      const { observation } = await observedAfter([
        { qualifier: "1", version: "1", count: 30 },
        { qualifier: "live", version: "3", count: 50 },
      ]);
      expect(observation.metrics).toBeUndefined();
      expect(observation.warnings).toEqual([{ kind: "production-mixed", lookbackDays: 14, numbered: 30, others: 50 }]);
    });

    it("takes the function as a whole when no version was invoked by its number", async () => {
      const { observation } = await observedAfter([{ qualifier: "live", version: "3", count: 50 }]);
      expect(observation.metrics).toMatchObject({ resource: "function", invocations: 50 });
    });

    it("says so when most of the function's invocations are not of $LATEST, whose settings they are compared with", async () => {
      const { observation } = await observedAfter([
        { qualifier: "live", version: "3", count: 50 },
        { version: "$LATEST", count: 10 },
      ]);
      expect(observation.metrics).toMatchObject({ resource: "function", invocations: 60 });
      expect(observation.warnings).toContainEqual({
        kind: "production-elsewhere",
        lookbackDays: 14,
        invocations: 60,
        elsewhere: 50,
        memorySizeMb: 512,
        timeoutSeconds: 10,
      });
    });

    it("does not say so where $LATEST has most of them under its two names", async () => {
      const { observation } = await observedAfter([
        { qualifier: "live", version: "3", count: 40 },
        { version: "$LATEST", count: 30 },
        { qualifier: "$LATEST", version: "$LATEST", count: 30 },
      ]);
      expect(observation.metrics).toMatchObject({ resource: "function", invocations: 100 });
      expect(observation.warnings.map(({ kind }) => kind)).not.toContain("production-elsewhere");
    });
  });

  // The target's timeout is 10 s; each duration stands for 60 invocations.
  const endsAtTimeout = [...Array.from({ length: 999 }, () => 50), 10_000];

  it("counts invocations that ended at the timeout", async () => {
    const { observation } = await observed({ durationsMs: endsAtTimeout, errors: 90 });
    expect(observation.metrics?.timeouts).toBe(60);
  });

  it.each([0, 30])("takes no more invocations for timeouts than failed, of 60 as long (%d errors)", async (errors) => {
    const { observation } = await observed({ durationsMs: endsAtTimeout, errors });
    expect(observation.metrics?.timeouts).toBe(errors);
  });

  it("says so when the metrics may not be read", async () => {
    const { account, state } = await observed();
    account.endpoint.injectFault({
      operation: "GetMetricData",
      times: 10,
      error: { status: 403, type: "AccessDenied", message: "not authorized to perform: cloudwatch:GetMetricData" },
    });
    const observation = await account.call(observe, state);
    expect(observation.metrics).toBeUndefined();
    expect(observation.warnings).toEqual([{ kind: "production-data-denied", action: "cloudwatch:GetMetricData" }]);
  });

  it("goes on without metrics when CloudWatch keeps throttling", async () => {
    const { account, state } = await observed();
    account.endpoint.injectFault({
      operation: "GetMetricData",
      times: 100,
      error: { status: 400, type: "ThrottlingException", message: "Rate exceeded" },
    });
    const observation = await account.call(observe, state);
    expect(observation.metrics).toBeUndefined();
    expect(observation.warnings).toEqual([
      { kind: "production-data-failed", reason: "AWS kept throttling cloudwatch:GetMetricData." },
    ]);
  });

  it("gets through when CloudWatch throttles once", async () => {
    const account = await startAccount();
    loadProductionHistory(account.endpoint.metrics, targetName, history(), runStartMs);
    const state = await account.plan();
    account.endpoint.injectFault({
      operation: "GetMetricData",
      error: { status: 400, type: "ThrottlingException", message: "Rate exceeded" },
    });
    const observation = await account.call(observe, state);
    expect(observation.metrics?.invocations).toBe(60_000);
  });

  it("goes on without what the second step could not read", async () => {
    const account = await startAccount();
    loadProductionHistory(account.endpoint.metrics, targetName, history(), runStartMs);
    const state = await account.plan();
    account.endpoint.injectFault({
      operation: "GetMetricData",
      after: 1,
      error: { status: 400, type: "ValidationError", message: "no" },
    });
    const observation = await account.call(observe, state);
    expect(observation.metrics?.duration).toMatchObject({ maxMs: 1000, tail: [] });
    expect(observation.warnings).toEqual([
      { kind: "production-data-failed", reason: "cloudwatch:GetMetricData failed: ValidationException: no" },
    ]);
  });

  it("says so when the callers may not be read", async () => {
    const { account, state } = await observed({});
    account.endpoint.injectFault({
      operation: "GetPolicy",
      times: 100,
      error: { status: 403, type: "AccessDeniedException", message: "no" },
    });
    const observation = await account.call(observe, state);
    expect(observation.warnings).toEqual([
      { kind: "caller-ceilings-unknown", reason: "lambda:GetPolicy is not allowed to this role." },
    ]);
  });

  it("ends with the run when it is interrupted", async () => {
    const { account, state } = await observed({});
    await expect(account.call(observe, state, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

describe("Observe, with CloudWatch as it can be", () => {
  it("joins the pages of an answer", async () => {
    const aws = await startScriptedAws((call) => {
      if (call.name !== "GetMetricData") return noCallers(call);
      const queries = queriesOf(call);
      const half = Math.ceil(queries.length / 2);
      const isSecond = call.body["NextToken"] === "second";
      const page = isSecond ? queries.slice(half) : queries.slice(0, half);
      return {
        body: {
          MetricDataResults: page.map((query) => completeResult(query, wholeFunction(query))),
          ...(isSecond ? {} : { NextToken: "second" }),
        },
      };
    });
    const observation = await aws.observe(observeEvent());
    expect(observation.warnings.map(({ kind }) => kind)).toEqual(["production-elsewhere"]);
    expect(observation.metrics).toMatchObject({
      resource: "function",
      invocations: 100_000,
      duration: { sampleCount: 100_000, meanMs: 120, maxMs: 4000, p99Ms: 900 },
    });
    expect(aws.calls.filter(({ name }) => name === "GetMetricData")).toHaveLength(4);
  });

  it("leaves out what pages answered in part only, and says so", async () => {
    const aws = await startScriptedAws((call) => {
      if (call.name !== "GetMetricData") return noCallers(call);
      const results = queriesOf(call).map((query) => {
        const isPartial = query.MetricStat.Stat === "p99" || query.MetricStat.Stat === "Maximum";
        return { ...completeResult(query, wholeFunction(query)), ...(isPartial ? { StatusCode: "PartialData" } : {}) };
      });
      return { body: { MetricDataResults: results } };
    });
    const observation = await aws.observe(observeEvent());
    expect(observation.metrics).toMatchObject({ invocations: 100_000 });
    // Without a maximum that can be trusted there is no tail.
    expect(observation.metrics?.duration).toBeUndefined();
    expect(observation.warnings).toEqual([
      expect.objectContaining({ kind: "production-data-failed", reason: expect.stringContaining("in part only") }),
      expect.objectContaining({ kind: "production-elsewhere", elsewhere: 100_000 }),
    ]);
  });

  it("takes statistics that are forbidden for a missing permission", async () => {
    const aws = await startScriptedAws((call) => {
      if (call.name !== "GetMetricData") return noCallers(call);
      const results = queriesOf(call).map(({ Id }) => ({ Id, StatusCode: "Forbidden", Values: [], Timestamps: [] }));
      return { body: { MetricDataResults: results } };
    });
    const observation = await aws.observe(observeEvent());
    expect(observation.warnings).toEqual([{ kind: "production-data-denied", action: "cloudwatch:GetMetricData" }]);
  });

  it("gives up on a page that fails, not on the run", async () => {
    const aws = await startScriptedAws((call) => {
      if (call.name !== "GetMetricData") return noCallers(call);
      if (call.body["NextToken"] !== undefined) return { status: 400, errorType: "InvalidNextToken", body: "no" };
      return { body: { MetricDataResults: [], NextToken: "second" } };
    });
    const observation = await aws.observe(observeEvent());
    expect(observation.metrics).toBeUndefined();
    expect(observation.warnings).toEqual([expect.objectContaining({ kind: "production-data-failed" })]);
  });

  it("asks for whole days up to the minute in which the run began, in one period", async () => {
    const aws = await startScriptedAws((call) =>
      call.name === "GetMetricData" ? { body: { MetricDataResults: [] } } : noCallers(call),
    );
    await aws.observe(observeEvent());
    const call = aws.calls.find(({ name }) => name === "GetMetricData");
    expect(call?.body).toMatchObject({
      EndTime: Date.parse("2026-01-31T12:34:00Z") / 1000,
      StartTime: Date.parse("2026-01-17T12:34:00Z") / 1000,
    });
    const queries = call === undefined ? [] : queriesOf(call);
    expect(new Set(queries.map(({ MetricStat }) => MetricStat.Period))).toEqual(new Set([14 * 86_400]));
  });

  it("prefers the alias of the request, when it was invoked", async () => {
    const aws = await startScriptedAws((call) => {
      if (call.name !== "GetMetricData") return noCallers(call);
      const results = queriesOf(call).map((query) => {
        const resource = query.MetricStat.Metric.Dimensions.find(({ Name }) => Name === "Resource")?.Value;
        const isAlias = resource === "orders:live" && query.MetricStat.Metric.MetricName !== "init_duration";
        return completeResult(query, isAlias ? 5000 : wholeFunction(query));
      });
      return { body: { MetricDataResults: results } };
    });
    const { metrics } = await aws.observe(observeEvent({ qualifier: "live" }));
    expect(metrics).toMatchObject({ resource: "alias live", invocations: 5000 });
  });
});

describe("Observe, with callers", () => {
  const withCallers = (call: { readonly name: string; readonly body: Record<string, unknown> }): ScriptedAnswer => {
    if (call.name === "GetMetricData") return { body: { MetricDataResults: [] } };
    if (call.name.includes("/policy")) {
      const Policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "lambda:InvokeFunction" },
          { Effect: "Allow", Principal: { Service: ["events.amazonaws.com"] }, Action: "lambda:InvokeFunction" },
          { Effect: "Deny", Principal: { Service: "appsync.amazonaws.com" }, Action: "lambda:InvokeFunction" },
          { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "lambda:InvokeFunction" },
          { Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction" },
        ],
      });
      return { body: { Policy } };
    }
    const isFirst = !call.name.includes("Marker=next");
    const mapping = (queue: string, State: string) => ({
      EventSourceArn: `arn:aws:sqs:us-east-1:123456789012:${queue}`,
      State,
    });
    return {
      body: isFirst
        ? { EventSourceMappings: [mapping("orders", "Enabled"), mapping("off", "Disabled")], NextMarker: "next" }
        : {
            EventSourceMappings: [
              mapping("returns", "Enabled"),
              { EventSourceArn: "arn:aws:kinesis:us-east-1:123456789012:stream/clicks", State: "Enabled" },
            ],
          },
    };
  };

  it("reads ceilings from the resource policy and queues from all pages of mappings", async () => {
    const aws = await startScriptedAws((call) => {
      if (call.name === "GetQueueUrl") return { body: { QueueUrl: `https://sqs/${String(call.body["QueueName"])}` } };
      if (call.name !== "GetQueueAttributes") return withCallers(call);
      const seconds = call.body["QueueUrl"] === "https://sqs/orders" ? "180" : "30";
      return { body: { Attributes: { VisibilityTimeout: seconds } } };
    });
    const observation = await aws.observe(observeEvent());
    expect(observation.ceilings).toEqual([{ caller: "API Gateway", ceilingMs: 29_000 }]);
    expect(observation.queues).toEqual([
      { name: "orders", visibilitySeconds: 180 },
      { name: "returns", visibilitySeconds: 30 },
    ]);
    expect(observation.warnings.map(({ kind }) => kind)).not.toContain("caller-ceilings-unknown");
  });

  it("names queues whose visibility may not be read, and says so once", async () => {
    const aws = await startScriptedAws((call) =>
      call.name === "GetQueueUrl" ? { status: 400, errorType: "AccessDeniedException", body: "no" } : withCallers(call),
    );
    const observation = await aws.observe(observeEvent());
    expect(observation.queues).toEqual([{ name: "orders" }, { name: "returns" }]);
    expect(observation.warnings).toContainEqual({
      kind: "caller-ceilings-unknown",
      reason: "sqs:GetQueueAttributes is not allowed to this role.",
    });
  });

  it("reads the policy of the alias too", async () => {
    const aws = await startScriptedAws(withCallers);
    const observation = await aws.observe(observeEvent({ qualifier: "live" }));
    expect(observation.ceilings).toHaveLength(1);
    expect(aws.calls.filter(({ name }) => name.endsWith("/policy?Qualifier=live"))).toHaveLength(1);
  });
});

describe("Observe, with traces", () => {
  const segment = (facts: Record<string, unknown>) => ({ Document: JSON.stringify(facts) });
  const traced = (subsegments: readonly Record<string, unknown>[]) => [
    segment({ name: "orders", origin: "AWS::Lambda", start_time: 99, end_time: 112 }),
    segment({
      name: "orders",
      origin: "AWS::Lambda::Function",
      start_time: 100,
      end_time: 111,
      subsegments: [{ name: "Invocation", start_time: 100, end_time: 110, subsegments }],
    }),
  ];
  const answering =
    (traces: (ids: readonly string[]) => ScriptedAnswer) =>
    (call: { readonly name: string; readonly body: Record<string, unknown> }): ScriptedAnswer => {
      if (call.name === "GetMetricData") return { body: { MetricDataResults: [] } };
      return call.name === "POST /Traces" ? traces(call.body["TraceIds"] as string[]) : noCallers(call);
    };
  const event = observeEvent({ tracing: true, traceIds: ["1-a", "1-b", "1-c", "1-d", "1-e", "1-f"] });

  it("reports the share of time in calls to other services, five traces a call", async () => {
    const calls = [
      { name: "DynamoDB", namespace: "aws", start_time: 101, end_time: 105 },
      { name: "api.example.com", namespace: "remote", start_time: 104, end_time: 108 },
    ];
    const aws = await startScriptedAws(
      answering((ids) => ({ body: { Traces: ids.map((Id) => ({ Id, Segments: traced(calls) })) } })),
    );
    const observation = await aws.observe(event);
    expect(observation.traces).toEqual({
      traces: 6,
      downstreamShare: expect.closeTo(0.7, 9),
      services: [
        { name: "DynamoDB", share: expect.closeTo(0.4, 9) },
        { name: "api.example.com", share: expect.closeTo(0.4, 9) },
      ],
    });
    expect(aws.calls.filter(({ name }) => name === "POST /Traces")).toHaveLength(2);
  });

  it("reads traces of every size when there are more than it reads", async () => {
    const ids = (size: number) => [1, 2, 3, 4, 5].map((turn) => `1-${size}-${turn}`);
    const given = observeEvent({ tracing: true });
    const [measurement] = given.measurements;
    const measurements = [1, 2, 3, 4, 5, 6].map((size) => ({ ...measurement, traceIds: ids(size) }));
    const aws = await startScriptedAws(
      answering((asked) => ({ body: { Traces: asked.map((Id) => ({ Id, Segments: traced([]) })) } })),
    );
    await aws.observe({ ...given, measurements });
    const asked = aws.calls.filter(({ name }) => name === "POST /Traces").flatMap(({ body }) => body["TraceIds"]);
    expect(asked).toHaveLength(25);
    expect(asked).toEqual(expect.arrayContaining(["1-1-4", "1-6-1", "1-6-4"]));
  });

  it("cannot tell a function without calls from one whose clients are not instrumented", async () => {
    const aws = await startScriptedAws(
      answering((ids) => ({ body: { Traces: ids.map((Id) => ({ Id, Segments: traced([]) })) } })),
    );
    const observation = await aws.observe(event);
    expect(observation.traces).toBeUndefined();
    expect(observation.warnings).toContainEqual(expect.objectContaining({ kind: "traces-unavailable" }));
  });

  it("goes on without traces that may not be read", async () => {
    const aws = await startScriptedAws(
      answering(() => ({ status: 403, errorType: "AccessDeniedException", body: "no" })),
    );
    const observation = await aws.observe(event);
    expect(observation.warnings).toContainEqual({
      kind: "traces-unavailable",
      reason: "xray:BatchGetTraces is not allowed to this role.",
    });
  });

  it("asks for none of a function that is not traced", async () => {
    const aws = await startScriptedAws(answering(() => ({ body: { Traces: [] } })));
    await aws.observe(observeEvent({ traceIds: ["1-a"] }));
    expect(aws.calls.map(({ name }) => name)).not.toContain("POST /Traces");
  });
});
