import { InvokeCommand } from "@aws-sdk/client-lambda";
import { BatchGetTracesCommand, PutTraceSegmentsCommand, XRayClient } from "@aws-sdk/client-xray";
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
  const invoke = async (FunctionName: string) => {
    await lambda.send(new InvokeCommand({ FunctionName }));
  };
  const traceIdOf = async (FunctionName: string) => {
    const { LogResult } = await lambda.send(new InvokeCommand({ FunctionName, LogType: "Tail" }));
    const record = parseLogTail(LogResult ?? "");
    return record.kind === "record" ? record.traceId : undefined;
  };
  return { endpoint, xray, traceIdOf, invoke };
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

it("hangs what a function's own clients add under the handler's part", async () => {
  const { endpoint, xray, invoke } = await started();
  const headers: (string | undefined)[] = [];
  const runner = registerSimulation(endpoint, { functionName: "instrumented" });
  endpoint.registerFunction(
    { functionName: "instrumented", tracing: "Active" },
    {
      ...runner,
      invoke: async (invocation) => {
        headers.push(invocation.traceHeader);
        const [, trace_id, parent_id] = /^Root=(\S+);Parent=(\S+);Sampled=1$/.exec(invocation.traceHeader ?? "") ?? [];
        const subsegment = { trace_id, type: "subsegment", start_time: 100, end_time: 101 };
        const documents = [
          { ...subsegment, id: "00000000000000aa", parent_id, name: "## index.handler" },
          { ...subsegment, id: "00000000000000bb", parent_id: "00000000000000aa", name: "DynamoDB", namespace: "aws" },
        ];
        await xray.send(
          new PutTraceSegmentsCommand({ TraceSegmentDocuments: documents.map((one) => JSON.stringify(one)) }),
        );
        return runner.invoke(invocation);
      },
    },
  );
  await invoke("instrumented");
  const traceId = /Root=([^;]+)/.exec(headers[0] ?? "")?.[1] ?? "";
  const { Traces } = await xray.send(new BatchGetTracesCommand({ TraceIds: [traceId] }));
  expect(Traces?.[0]?.Segments?.map(({ Document }) => JSON.parse(Document ?? ""))).toMatchObject([
    { origin: "AWS::Lambda" },
    {
      origin: "AWS::Lambda::Function",
      subsegments: [
        { name: "Invocation", subsegments: [{ name: "## index.handler", subsegments: [{ name: "DynamoDB" }] }] },
      ],
    },
  ]);
});

it.each(["{", "{}", JSON.stringify({ id: "1", trace_id: "1-2-3", name: "x", start_time: 1 })])(
  "does not take %s for a segment",
  async (document) => {
    const { xray } = await started();
    expect(await xray.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: [document] }))).toMatchObject({
      UnprocessedTraceSegments: [{ ErrorCode: "ParseError" }],
    });
  },
);
