import { PutTraceSegmentsCommand, XRayClient } from "@aws-sdk/client-xray";
import { expect, it } from "vitest";
import type { Engine } from "../../local/engine.ts";
import type { FunctionRunner, RunnerInvocation } from "../../local/endpoint/function-runner.ts";
import { createSimulatedRunner } from "../../local/simulation/simulated-runner.ts";
import { parseSimulation } from "../../local/simulation/simulation-file.ts";
import { startTestEngine } from "../support/test-engine.ts";

const request = {
  functionArn: "target",
  memory: { sizesMb: [512, 1024] },
  sampling: { method: "fixed", invocationsPerSize: 4 },
};

/** Long, so that nothing here depends on how fast this machine is: the durations are simulated, and not waited for. */
const simulation = parseSimulation({ memoryMB: [512, 1024], meanDurationMs: [80_000, 40_000] });
const settings = { timeoutSeconds: 900, tracing: "Active" } as const;

/** A simulated function whose client says that the middle half of each invocation passed in calls to DynamoDB. */
const instrumented = (engine: () => Engine): FunctionRunner => {
  const runner = createSimulatedRunner(simulation, 1);
  return {
    ...runner,
    retire: async (version) => runner.retire(version),
    close: async () => runner.close(),
    invoke: async (invocation) => {
      const result = await runner.invoke(invocation);
      const { durationMs } = result.report;
      const startedAtMs = Date.now() - durationMs;
      await putSubsegment(engine(), invocation, [startedAtMs + durationMs / 4, startedAtMs + (3 * durationMs) / 4]);
      return result;
    },
  };
};

const putSubsegment = async (
  { endpoint }: Engine,
  { traceHeader = "" }: RunnerInvocation,
  [fromMs, toMs]: readonly [number, number],
): Promise<void> => {
  const client = new XRayClient({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: "function", secretAccessKey: "test" },
  });
  const [, trace_id, parent_id] = /^Root=(\S+);Parent=(\S+);Sampled=1$/.exec(traceHeader) ?? [];
  const document = {
    id: "00000000000000aa",
    trace_id,
    parent_id,
    type: "subsegment",
    name: "DynamoDB",
    namespace: "aws",
    start_time: fromMs / 1000,
    end_time: toMs / 1000,
  };
  await client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: [JSON.stringify(document)] }));
};

it("takes the share of time in downstream calls from the traces of its own invocations", async () => {
  const started: { engine?: Engine } = {};
  const runner = instrumented(() => {
    if (started.engine === undefined) throw new TypeError("Expected an engine that has started.");
    return started.engine;
  });
  started.engine = await startTestEngine({ runner, settings });
  const result = await started.engine.tune(request);
  if (result.kind !== "report") throw new TypeError(`Expected a report, got ${result.kind}.`);
  expect(result.report.model?.explanation).toContain("50% of the handler's time");
  expect(result.report.warnings.map(({ kind }) => kind)).not.toContain("traces-unavailable");
  expect(result.report.model?.downstream).toMatchObject({
    share: expect.closeTo(0.5, 1),
    traces: 10,
    services: [{ name: "DynamoDB" }],
  });
});

it("says that a traced function whose clients are not instrumented shows no calls", async () => {
  const engine = await startTestEngine({ simulation: { memoryMB: [512], meanDurationMs: [50] }, settings });
  const result = await engine.tune(request);
  if (result.kind !== "report") throw new TypeError(`Expected a report, got ${result.kind}.`);
  expect(result.report.warnings).toContainEqual(
    expect.objectContaining({ kind: "traces-unavailable", reason: expect.stringContaining("instrumented") }),
  );
});
