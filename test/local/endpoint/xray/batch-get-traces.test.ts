import { InvokeCommand } from "@aws-sdk/client-lambda";
import { BatchGetTracesCommand, XRayClient } from "@aws-sdk/client-xray";
import { expect, it } from "vitest";
import { parseLogTail } from "../../../../core/invocation/parse-log-tail.ts";
import { clientsOf, registerSimulation, startTestEndpoint } from "../../../support/test-endpoint.ts";

const started = async () => {
  const endpoint = await startTestEndpoint();
  registerSimulation(endpoint, { functionName: "traced", tracing: "Active" });
  registerSimulation(endpoint, { functionName: "untraced" });
  const xray = new XRayClient({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  const { lambda } = clientsOf(endpoint);
  const traceIdOf = async (FunctionName: string) => {
    const { LogResult } = await lambda.send(new InvokeCommand({ FunctionName, LogType: "Tail" }));
    const record = parseLogTail(LogResult ?? "");
    return record.kind === "record" ? record.traceId : undefined;
  };
  return { xray, traceIdOf };
};

it("has the segments that Lambda writes of a traced invocation", async () => {
  const { xray, traceIdOf } = await started();
  const traceId = (await traceIdOf("traced")) ?? "";
  const { Traces } = await xray.send(new BatchGetTracesCommand({ TraceIds: [traceId] }));
  const documents = Traces?.[0]?.Segments?.map(({ Document }) => JSON.parse(Document ?? ""));
  expect(documents).toMatchObject([
    { name: "traced", trace_id: traceId, origin: "AWS::Lambda" },
    { name: "traced", origin: "AWS::Lambda::Function", subsegments: [{ name: "Invocation" }] },
  ]);
  const [, code] = documents ?? [];
  expect(code.end_time - code.start_time).toBeCloseTo(1, 3);
});

it("traces no function that does not ask for it", async () => {
  const { traceIdOf } = await started();
  expect(await traceIdOf("untraced")).toBeUndefined();
});

it("says which traces it does not have", async () => {
  const { xray } = await started();
  const unknown = "1-00000000-000000000000000000000000";
  expect(await xray.send(new BatchGetTracesCommand({ TraceIds: [unknown] }))).toMatchObject({
    Traces: [],
    UnprocessedTraceIds: [unknown],
  });
});
