import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  GetPolicyCommand,
  GetFunctionEventInvokeConfigCommand,
  ListEventSourceMappingsCommand,
} from "@aws-sdk/client-lambda";
import { expect, it, onTestFinished } from "vitest";
import { PortInUseError } from "../../../../core/errors/port-in-use-error.ts";
import { startEndpoint } from "../../../../local/endpoint/start-endpoint.ts";
import { clientsOf, registerSimulation, startTestEndpoint } from "../../../support/test-endpoint.ts";

const FunctionName = "thumbnails";
const arn = "arn:aws:lambda:eu-west-1:111122223333:function:thumbnails";

const started = async () => {
  const endpoint = await startTestEndpoint({ region: "eu-west-1", accountId: "111122223333" });
  registerSimulation(endpoint, { functionName: FunctionName });
  return { endpoint, ...clientsOf(endpoint) };
};

it("is found by a client that knows the environment alone", async () => {
  const { endpoint } = await started();
  const script = `
    import { GetFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
    const { Configuration } = await new LambdaClient().send(new GetFunctionCommand({ FunctionName: "thumbnails" }));
    process.stdout.write(Configuration.FunctionArn);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", ...endpoint.environment() },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output: Buffer[] = [];
  for await (const chunk of child.stdout) output.push(Buffer.from(chunk));
  expect(Buffer.concat(output).toString()).toBe(arn);
});

it("remembers each call as a policy would see it", async () => {
  const { endpoint, lambda } = await started();
  await lambda.send(new InvokeCommand({ FunctionName, Qualifier: "$LATEST", Payload: '{"secret":1}' }));
  await lambda.send(new GetFunctionCommand({ FunctionName: "nobody" })).catch(() => undefined);
  expect(endpoint.calls()).toEqual([
    {
      service: "lambda",
      action: "Invoke",
      iamAction: "lambda:InvokeFunction",
      resource: `${arn}:$LATEST`,
      input: { FunctionName, Qualifier: "$LATEST", InvocationType: "RequestResponse", LogType: "None" },
      status: 200,
      accessKeyId: "test",
      userAgent: expect.stringContaining("aws-sdk-js"),
    },
    expect.objectContaining({
      iamAction: "lambda:GetFunction",
      resource: arn.replace(FunctionName, "nobody"),
      status: 404,
      errorType: "ResourceNotFoundException",
    }),
  ]);
});

it("refuses an operation that it does not have by name, and remembers that it was asked", async () => {
  const { endpoint, lambda } = await started();
  await expect(
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: "x",
        Role: "arn:aws:iam::111122223333:role/x",
        Code: { ZipFile: Buffer.from("") },
      }),
    ),
  ).rejects.toMatchObject({
    name: "UnknownOperationException",
    message: "The local endpoint does not have the operation lambda:CreateFunction.",
  });
  expect(endpoint.calls()).toMatchObject([{ iamAction: "lambda:CreateFunction", status: 404, accessKeyId: "test" }]);
});

it("refuses a service that it does not have by name", async () => {
  const { endpoint } = await started();
  const answer = await fetch(endpoint.url, {
    method: "POST",
    headers: { authorization: "AWS4-HMAC-SHA256 Credential=local/20260131/eu-west-1/kms/aws4_request, Signature=0" },
  });
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("does not have the service kms; it has lambda, cloudwatch, dynamodb");
});

it("answers to a body that is not JSON with a serialization error", async () => {
  const { endpoint } = await started();
  const answer = await fetch(`${endpoint.url}/2015-03-31/functions/thumbnails/configuration`, {
    method: "PUT",
    body: "{MemorySize",
  });
  expect(answer.status).toBe(400);
  expect(answer.headers.get("x-amzn-errortype")).toBe("SerializationException");
});

it("listens on loopback alone", async () => {
  const { endpoint } = await started();
  expect(endpoint.url).toBe(`http://127.0.0.1:${endpoint.port}`);
  await expect(fetch(`http://127.0.0.2:${endpoint.port}`)).rejects.toThrow("fetch failed");
});

it("says that a port is taken, and what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const refusal = await startEndpoint({ port }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(PortInUseError);
  expect(refusal).toHaveProperty("message", expect.stringContaining(`already listening on 127.0.0.1:${port}`));
});

it("does not answer any more once it is closed", async () => {
  const endpoint = await startEndpoint();
  await endpoint.close();
  await expect(fetch(endpoint.url)).rejects.toThrow("fetch failed");
});

it("tags functions", async () => {
  const { lambda } = await started();
  await lambda.send(new TagResourceCommand({ Resource: arn, Tags: { team: "images", stage: "test" } }));
  await lambda.send(new UntagResourceCommand({ Resource: arn, TagKeys: ["stage"] }));
  expect((await lambda.send(new ListTagsCommand({ Resource: arn }))).Tags).toEqual({ team: "images" });
});

it("has functions that nobody else may call", async () => {
  const { lambda } = await started();
  await expect(lambda.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  await expect(lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  expect((await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }))).EventSourceMappings).toEqual([]);
});

it("tells who else may call a function, and what feeds it", async () => {
  const { endpoint, lambda } = await started();
  const queue = "arn:aws:sqs:eu-west-1:111122223333:jobs";
  registerSimulation(endpoint, {
    functionName: "worker",
    invokedBy: ["apigateway.amazonaws.com"],
    eventSources: [{ eventSourceArn: queue }, { eventSourceArn: queue, qualifier: "live", enabled: false }],
  });
  const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName: "worker" }));
  expect(JSON.parse(Policy ?? "")).toMatchObject({
    Statement: [{ Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" } }],
  });
  const mappings = async (functionName: string) =>
    (await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: functionName }))).EventSourceMappings;
  expect(await mappings("worker")).toMatchObject([{ EventSourceArn: queue, State: "Enabled" }]);
  expect(await mappings("worker:live")).toMatchObject([{ EventSourceArn: queue, State: "Disabled" }]);
});

it("knows who is calling", async () => {
  const { endpoint } = await started();
  const answer = await fetch(endpoint.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization: "AWS4-HMAC-SHA256 Credential=local/20260131/eu-west-1/sts/aws4_request, Signature=0",
    },
    body: "Action=GetCallerIdentity&Version=2011-06-15",
  });
  expect(await answer.text()).toContain("<Account>111122223333</Account>");
});

it("refuses what is signed for another region, as there is nobody there", async () => {
  const { endpoint, lambda } = await started();
  const elsewhere = new LambdaClient({
    endpoint: endpoint.url,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  await expect(elsewhere.send(new InvokeCommand({ FunctionName }))).rejects.toMatchObject({
    name: "InvalidSignatureException",
    message: expect.stringMatching(/^Credential should be scoped to a valid region\. This endpoint plays eu-west-1/),
    $metadata: { httpStatusCode: 403 },
  });
  await expect(lambda.send(new InvokeCommand({ FunctionName }))).resolves.toMatchObject({ StatusCode: 200 });
  expect(endpoint.calls().map(({ status, errorType }) => [status, errorType])).toEqual([
    [403, "InvalidSignatureException"],
    [200, undefined],
  ]);
});

it("answers many calls at once over many connections", async () => {
  const { endpoint } = await started();
  const clients = Array.from(
    { length: 5 },
    () =>
      new LambdaClient({
        endpoint: endpoint.url,
        region: "eu-west-1",
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
      }),
  );
  const answers = await Promise.all(
    clients.flatMap((client) =>
      Array.from({ length: 40 }, () => client.send(new InvokeCommand({ FunctionName, LogType: "Tail" }))),
    ),
  );
  expect(new Set(answers.map(({ StatusCode }) => StatusCode))).toEqual(new Set([200]));
  expect(endpoint.calls()).toHaveLength(200);
});
