import { request } from "node:http";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Endpoint } from "../../../../local/endpoint/start-endpoint.ts";
import { registerSimulation, startTestEndpoint } from "../../../support/test-endpoint.ts";

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const segment = fc.constantFrom(
  "2015-03-31",
  "2017-03-31",
  "functions",
  "thumbnails",
  "arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Athumbnails",
  "configuration",
  "versions",
  "aliases",
  "invocations",
  "tags",
  "..",
  "%E0%A4",
  "%2e%2e",
  "",
  "Traces",
);

const service = fc.constantFrom(
  "lambda",
  "s3",
  "monitoring",
  "dynamodb",
  "events",
  "states",
  "sts",
  "ssm",
  "xray",
  "kms",
);

const target = fc.constantFrom(
  "GraniteServiceVersion20100801.GetMetricData",
  "DynamoDB_20120810.PutItem",
  "DynamoDB_20120810.Nothing",
  "AWSEvents.PutEvents",
  "AWSStepFunctions.StartExecution",
  "AmazonSSM.GetParameter",
  "",
);

const json = fc.oneof(
  fc.constantFrom(
    "",
    "{",
    "null",
    "[]",
    '{"MemorySize": "x"}',
    '{"MemorySize": 256.5}',
    '{"Entries": [{}]}',
    '{"TableName": 7}',
    "Action=GetCallerIdentity",
  ),
  fc.json(),
);

const call: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD"),
  path: fc
    .tuple(fc.array(segment, { maxLength: 5 }), fc.constantFrom("", "?Qualifier=1", "?%", "?Marker=%ff&MaxItems=-1"))
    .map(([segments, query]) => `/${segments.join("/")}${query}`),
  headers: fc.record({ service, target, type: fc.constantFrom("application/json", "text/xml") }).map((drawn) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=a/20260131/us-east-1/${drawn.service}/aws4_request, SignedHeaders=host, Signature=0`,
    "x-amz-date": "20260131T000000Z",
    "x-amz-target": drawn.target,
    "content-type": drawn.target === "" ? drawn.type : "application/x-amz-json-1.0",
  })),
  body: json,
});

/** Over a socket as it stands: `fetch` would tidy the path first. */
const statusOf = (endpoint: Endpoint, { method, path, headers, body }: Sent): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request({ port: endpoint.port, host: "127.0.0.1", method, path, headers }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(body);
  });

it("answers whatever it is sent, and never for a fault of its own", async () => {
  const endpoint = await startTestEndpoint();
  registerSimulation(endpoint, { functionName: "thumbnails" });
  await fc.assert(
    fc.asyncProperty(call, async (sent) => {
      const status = await statusOf(endpoint, sent);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});
