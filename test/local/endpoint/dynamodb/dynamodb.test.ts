import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { clientsOf, startTestEndpoint } from "../../../support/test-endpoint.ts";

const TableName = "locks";

const withTable = async () => {
  const endpoint = await startTestEndpoint();
  const { dynamoDb } = clientsOf(endpoint);
  await dynamoDb.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: "target", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "target", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  return { endpoint, dynamoDb };
};

const lock = (runId: string) =>
  new PutItemCommand({
    TableName,
    Item: { target: { S: "thumbnails" }, runId: { S: runId } },
    ConditionExpression: "attribute_not_exists(target)",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });

it("has a table that can be used once it is created", async () => {
  const { dynamoDb } = await withTable();
  const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName }));
  expect(Table?.TableStatus).toBe("ACTIVE");
});

it("holds a lock once", async () => {
  const { dynamoDb } = await withTable();
  await dynamoDb.send(lock("run-1"));
  await expect(dynamoDb.send(lock("run-2"))).rejects.toThrow(ConditionalCheckFailedException);
  const held = await dynamoDb.send(new GetItemCommand({ TableName, Key: { target: { S: "thumbnails" } } }));
  expect(held.Item?.["runId"]).toEqual({ S: "run-1" });
});

it("releases a lock for its holder alone", async () => {
  const { dynamoDb } = await withTable();
  await dynamoDb.send(lock("run-1"));
  const release = (runId: string) =>
    new DeleteItemCommand({
      TableName,
      Key: { target: { S: "thumbnails" } },
      ConditionExpression: "runId = :run",
      ExpressionAttributeValues: { ":run": { S: runId } },
    });
  await expect(dynamoDb.send(release("run-2"))).rejects.toThrow(ConditionalCheckFailedException);
  await dynamoDb.send(release("run-1"));
  await dynamoDb.send(lock("run-2"));
});

it("records which table was asked", async () => {
  const { endpoint, dynamoDb } = await withTable();
  await dynamoDb.send(lock("run-1"));
  expect(endpoint.calls().at(-1)).toMatchObject({
    iamAction: "dynamodb:PutItem",
    resource: "arn:aws:dynamodb:us-east-1:123456789012:table/locks",
    status: 200,
  });
});

it("knows no table that was not created", async () => {
  const { dynamoDb } = clientsOf(await startTestEndpoint());
  await expect(dynamoDb.send(lock("run-1"))).rejects.toThrow(ResourceNotFoundException);
});

it("refuses an operation that it does not have by name", async () => {
  const { dynamoDb } = clientsOf(await startTestEndpoint());
  await expect(dynamoDb.send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toThrow(
    "dynamodb:TransactWriteItems",
  );
});
