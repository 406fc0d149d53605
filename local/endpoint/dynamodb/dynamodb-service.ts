import { EventEmitter } from "node:events";
import { setImmediate } from "node:timers/promises";
import dynalite from "dynalite";
import type { Answer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import type { IncomingCall } from "../http/incoming-call.ts";
import { jsonMembers } from "../http/json-body.ts";
import type { Operation } from "../http/operation.ts";
import { jsonTargetService, type Service } from "../http/service.ts";

const operationNames = [
  "BatchGetItem",
  "BatchWriteItem",
  "CreateTable",
  "DeleteItem",
  "DeleteTable",
  "DescribeTable",
  "DescribeTimeToLive",
  "GetItem",
  "ListTables",
  "PutItem",
  "Query",
  "Scan",
  "TagResource",
  "UntagResource",
  "ListTagsOfResource",
  "UpdateItem",
  "UpdateTable",
] as const;

/** DynamoDB by dynalite: a real implementation, in this process, in memory. */
export const dynamoDbService = (region: string, accountId: string): Service => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const operations = operationNames.map(
    (name): Operation => ({
      service: "dynamodb",
      name,
      resource: ({ call }) => {
        const table = tableNameOf(call);
        return table === undefined ? "*" : `arn:aws:dynamodb:${region}:${accountId}:table/${table}`;
      },
      parameters: ({ call }) => jsonMembers(call.body),
      handle: async ({ call }) => {
        const answer = await answerOf(server, call);
        if (name === "CreateTable" && answer.status === 200) await activeTable(server, call);
        return answer;
      },
    }),
  );
  return jsonTargetService("dynamodb", "dynamodb", "DynamoDB_20120810", operations);
};

/**
 * Waits until a created table can be used. In AWS that takes seconds, and its clients wait; here it takes a turn of the
 * event loop, which is just enough for a client's next call to come too early now and then.
 */
const activeTable = async (server: ReturnType<typeof dynalite>, call: IncomingCall): Promise<void> => {
  const describe: IncomingCall = {
    ...call,
    headers: { ...call.headers, "x-amz-target": "DynamoDB_20120810.DescribeTable" },
    body: Buffer.from(JSON.stringify({ TableName: tableNameOf(call) })),
  };
  for (;;) {
    const { body } = await answerOf(server, describe);
    if (!body.toString().includes('"TableStatus":"CREATING"')) return;
    await setImmediate();
  }
};

const tableNameOf = (call: IncomingCall): string | undefined => {
  const name = jsonMembers(call.body)["TableName"];
  return typeof name === "string" ? name : undefined;
};

/**
 * Hands a call to dynalite's request listener, without a socket of its own. What it throws on odd input stays in the
 * call: through a stream it would be nobody's, and end the process.
 */
const answerOf = (server: ReturnType<typeof dynalite>, call: IncomingCall): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers: Record<string, string> = {};
    const request = Object.assign(new EventEmitter(), { method: call.method, url: call.path, headers: call.headers });
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        headers[name.toLowerCase()] = String(value);
      },
      end: (body = "") => {
        resolve({ status: response.statusCode, headers, body });
      },
    };
    try {
      server.emit("request", request, response);
      request.emit("data", call.body);
      request.emit("end");
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      reject(new ApiError(400, "SerializationException", message));
    }
  });
