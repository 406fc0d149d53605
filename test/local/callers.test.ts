import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  LambdaClient,
  type LambdaClientConfig,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import type { Report } from "../../core/report/schema.ts";
import type { Engine } from "../../local/engine.ts";
import { startTestEngine } from "../support/test-engine.ts";

const settingsOf = ({ endpoint }: Engine): LambdaClientConfig => ({
  endpoint: endpoint.url,
  region: endpoint.region,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

const tune = async (engine: Engine): Promise<Report> => {
  const result = await engine.tune({
    functionArn: "target",
    memory: { sizesMb: [512, 1024] },
    sampling: { method: "fixed", invocationsPerSize: 5 },
  });
  if (result.kind !== "report") throw new TypeError("Expected a report.");
  return result.report;
};

/** Invocations of 20 s: three times the slowest sample is more than any caller of these tests waits. */
const slow = { simulation: { memoryMB: [128], meanDurationMs: [20_000] }, settings: { timeoutSeconds: 300 } };

describe("the callers of a function, with AWS's own clients", () => {
  it("are found in its policy: API Gateway waits 29 s", async () => {
    const engine = await startTestEngine(slow);
    await new LambdaClient(settingsOf(engine)).send(
      new AddPermissionCommand({
        FunctionName: "target",
        StatementId: "api",
        Action: "lambda:InvokeFunction",
        Principal: "apigateway.amazonaws.com",
      }),
    );
    const { timeoutRecommendation } = await tune(engine);
    expect(timeoutRecommendation).toMatchObject({
      recommendedSeconds: 28,
      decidedBy: "caller-ceiling",
      ceilings: [{ caller: "API Gateway", ceilingMs: 29_000 }],
    });
  });

  it("are found in its event source mappings: a queue hides a message for so long", async () => {
    const engine = await startTestEngine(slow);
    const sqs = new SQSClient(settingsOf(engine));
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: "jobs", Attributes: { VisibilityTimeout: "45" } }),
    );
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    await new LambdaClient(settingsOf(engine)).send(
      new CreateEventSourceMappingCommand({ FunctionName: "target", EventSourceArn: Attributes?.QueueArn }),
    );
    const { timeoutRecommendation, warnings } = await tune(engine);
    expect(timeoutRecommendation).toMatchObject({
      recommendedSeconds: 44,
      decidedBy: "caller-ceiling",
      ceilings: [{ caller: "SQS queue jobs", ceilingMs: 45_000 }],
      queues: [{ name: "jobs", visibilitySeconds: 45, neededSeconds: 6 * 61 }],
    });
    expect(warnings).toContainEqual(
      expect.objectContaining({ kind: "queue-visibility-short", queue: "jobs", neededSeconds: 366 }),
    );
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "600" } }));
    const after = await tune(engine);
    expect(after.timeoutRecommendation).toMatchObject({ recommendedSeconds: 61, decidedBy: "samples-only" });
    expect(after.warnings.map(({ kind }) => kind)).not.toContain("queue-visibility-short");
  });

  it("refuses a queue that nobody made, and one that hides messages for longer than SQS does", async () => {
    const sqs = new SQSClient(settingsOf(await startTestEngine()));
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: "none" }))).rejects.toThrow(QueueDoesNotExist);
    await expect(
      sqs.send(new CreateQueueCommand({ QueueName: "q", Attributes: { VisibilityTimeout: "43201" } })),
    ).rejects.toThrow(/VisibilityTimeout/);
  });
});
