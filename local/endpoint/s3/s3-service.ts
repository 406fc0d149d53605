import { createHash } from "node:crypto";
import type { Answer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import { decodeSegment } from "../http/decode-segment.ts";
import { headerOf, type IncomingCall } from "../http/incoming-call.ts";
import type { Operation, OperationInput } from "../http/operation.ts";
import type { Service } from "../http/service.ts";
import { escapeXml } from "../http/xml.ts";
import { decodeAwsChunked } from "./aws-chunked.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";

/** S3 objects with the bucket in the path: a name under 127.0.0.1 cannot carry it. Every bucket exists. */
export const s3Service = (store: ObjectStore): Service => {
  const operations: Readonly<Record<string, Operation>> = {
    GET: getObject(store),
    HEAD: headObject(store),
    PUT: putObject(store),
  };
  return {
    name: "s3",
    owns: (call) => call.signedFor === "s3",
    find: (call) => {
      const labels = objectOf(call.path);
      const operation = operations[call.method];
      const plain = [...call.query.keys()].every((name) => name === "x-id" || name === "response-content-type");
      const copy = headerOf(call, "x-amz-copy-source") !== undefined;
      return operation && labels && plain && !copy ? { operation, labels } : undefined;
    },
    nameOf: (call) => call.query.get("x-id") ?? `${call.method} ${call.path}?${call.query.toString()}`,
    errorAnswer: (error) => ({
      status: error.status,
      headers: { "content-type": "application/xml", ...error.headers },
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.type}</Code><Message>${escapeXml(error.message)}</Message></Error>`,
    }),
  };
};

const objectOf = (path: string): OperationInput["labels"] | undefined => {
  const match = /^\/([^/]+)\/(.+)$/.exec(path);
  return match === null ? undefined : { Bucket: decodeSegment(match[1] ?? ""), Key: decodeSegment(match[2] ?? "") };
};

const objectOperation = (
  name: string,
  iamAction: string,
  handle: (bucket: string, key: string, call: IncomingCall) => Promise<Answer>,
): Operation => ({
  service: "s3",
  name,
  iamAction,
  resource: ({ labels }) => `arn:aws:s3:::${labels["Bucket"]}/${labels["Key"]}`,
  parameters: ({ labels }) => labels,
  handle: ({ labels, call }) => handle(labels["Bucket"] ?? "", labels["Key"] ?? "", call),
});

const putObject = (store: ObjectStore): Operation =>
  objectOperation("PutObject", "PutObject", async (bucket, key, call) => {
    const chunked = headerOf(call, "x-amz-content-sha256")?.startsWith("STREAMING-") === true;
    const body = chunked ? decodeAwsChunked(call.body) : call.body;
    await store.put(bucket, key, body, headerOf(call, "content-type") ?? "application/octet-stream");
    return { status: 200, headers: { etag: etagOf(body) }, body: "" };
  });

const getObject = (store: ObjectStore): Operation =>
  objectOperation("GetObject", "GetObject", async (bucket, key) => {
    const object = await store.get(bucket, key);
    if (object === undefined) throw new ApiError(404, "NoSuchKey", `The specified key does not exist: ${key}`);
    return { status: 200, headers: objectHeaders(object), body: object.body };
  });

const headObject = (store: ObjectStore): Operation =>
  objectOperation("HeadObject", "GetObject", async (bucket, key) => {
    const object = await store.get(bucket, key);
    return object === undefined
      ? { status: 404, headers: {}, body: "" }
      : { status: 200, headers: objectHeaders(object), body: "" };
  });

const objectHeaders = ({ body, contentType }: StoredObject): Record<string, string> => ({
  "content-type": contentType,
  "content-length": String(body.length),
  etag: etagOf(body),
});

const etagOf = (body: Buffer): string => `"${createHash("md5").update(body).digest("hex")}"`;
