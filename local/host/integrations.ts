import {
  DeleteItemCommand,
  type DeleteItemCommandInput,
  DynamoDBClient,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand, type PutEventsCommandInput } from "@aws-sdk/client-eventbridge";
import { PutObjectCommand, type PutObjectCommandInput, S3Client } from "@aws-sdk/client-s3";
import { jsonValue } from "./json-value.ts";
import { failureOfService, TaskFailure } from "./task-failure.ts";

/** Where the integrations of Step Functions call AWS, and as whom. */
export interface ServiceAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * A service integration: the task's parameters in, the API's answer out.
 *
 * It is not cut short when the execution is stopped: the call would take effect all the same, after the clean-up.
 */
export type Integration = (parameters: unknown) => Promise<unknown>;

/**
 * Every integration that the state machine uses, by its resource.
 *
 * A task's Parameters are the API's own input by definition, so they are handed on as they are: what is wrong with them
 * is for the API to say, as in AWS.
 */
export const integrations = (access: ServiceAccess): ReadonlyMap<string, Integration> => {
  const dynamoDb = new DynamoDBClient(access);
  const s3 = new S3Client({ ...access, forcePathStyle: true });
  const eventBridge = new EventBridgeClient(access);
  return new Map<string, Integration>([
    [
      "arn:aws:states:::dynamodb:putItem",
      named("DynamoDB", (input) => dynamoDb.send(new PutItemCommand(input as PutItemCommandInput))),
    ],
    [
      "arn:aws:states:::dynamodb:getItem",
      named("DynamoDB", (input) => dynamoDb.send(new GetItemCommand(input as GetItemCommandInput))),
    ],
    [
      "arn:aws:states:::dynamodb:deleteItem",
      named("DynamoDB", (input) => dynamoDb.send(new DeleteItemCommand(input as DeleteItemCommandInput))),
    ],
    [
      "arn:aws:states:::aws-sdk:s3:putObject",
      named("S3", (input) => s3.send(new PutObjectCommand(withTextBody(input)))),
    ],
    [
      "arn:aws:states:::events:putEvents",
      named("EventBridge", async (input) => {
        const answer = await eventBridge.send(new PutEventsCommand(withTextDetails(input)));
        const refused = answer.Entries?.find(({ ErrorCode: code }) => code !== undefined);
        if (refused === undefined) return answer;
        throw new TaskFailure("EventBridge.FailedEntry", `${refused.ErrorCode}: ${refused.ErrorMessage}`);
      }),
    ],
  ]);
};

type Call = (input: unknown) => Promise<object>;

const named =
  (service: string, call: Call): Integration =>
  async (input) => {
    try {
      const { $metadata: _metadata, ...answer }: { $metadata?: unknown } = await call(input);
      return jsonValue(answer);
    } catch (error) {
      throw error instanceof TaskFailure ? error : failureOfService(service, error);
    }
  };

/** Step Functions writes a body that is an object as JSON. */
const withTextBody = (input: unknown): PutObjectCommandInput => {
  const given = input as PutObjectCommandInput;
  return { ...given, Body: JSON.stringify(given.Body) };
};

/** Details that are objects likewise. */
const withTextDetails = (input: unknown): PutEventsCommandInput => ({
  Entries: ((input as PutEventsCommandInput).Entries ?? []).map((entry) => ({
    ...entry,
    Detail: JSON.stringify(entry.Detail),
  })),
});
