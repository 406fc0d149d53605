import { z } from "zod";
import { ApiError } from "../http/api-error.ts";
import { jsonOperation } from "../http/json-operation.ts";
import type { Operation } from "../http/operation.ts";
import { jsonTargetService, type Service } from "../http/service.ts";
import type { LambdaAccount } from "../lambda/lambda-account.ts";

/** Visibility timeout of a queue that was made without one, in seconds. */
const defaultVisibilitySeconds = 30;
const longestVisibilitySeconds = 43_200;

const attributesSchema = z.record(z.string(), z.string()).default({});

/**
 * Queues, as far as a function is fed from them: their visibility timeouts. No messages pass through.
 *
 * Queues that a function's definition names exist from the start, others are made with `CreateQueue`.
 */
export const sqsService = (account: LambdaAccount, url: () => string): Service => {
  const created = new Map<string, Record<string, string>>();
  const arnOf = (name: string): string => `arn:aws:sqs:${account.region}:${account.accountId}:${name}`;
  const urlOf = (name: string): string => `${url()}/${account.accountId}/${name}`;
  const attributesOf = (name: string): Record<string, string> => {
    const attributes = created.get(name) ?? definedQueue(account, arnOf(name));
    if (attributes !== undefined) return { QueueArn: arnOf(name), ...attributes };
    throw new ApiError(
      400,
      "com.amazonaws.sqs#QueueDoesNotExist",
      "The specified queue does not exist for this wsdl version.",
    );
  };
  const operations: readonly Operation[] = [
    jsonOperation({
      service: "sqs",
      name: "CreateQueue",
      schema: z.looseObject({ QueueName: z.string(), Attributes: attributesSchema }),
      resource: ({ QueueName }) => arnOf(QueueName),
      handle: ({ QueueName, Attributes }) => {
        created.set(QueueName, { VisibilityTimeout: visibilityIn(Attributes), ...Attributes });
        return { QueueUrl: urlOf(QueueName) };
      },
    }),
    jsonOperation({
      service: "sqs",
      name: "GetQueueUrl",
      schema: z.looseObject({ QueueName: z.string() }),
      resource: ({ QueueName }) => arnOf(QueueName),
      handle: ({ QueueName }) => {
        attributesOf(QueueName);
        return { QueueUrl: urlOf(QueueName) };
      },
    }),
    jsonOperation({
      service: "sqs",
      name: "GetQueueAttributes",
      schema: z.looseObject({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).default([]) }),
      resource: ({ QueueUrl }) => arnOf(nameIn(QueueUrl)),
      handle: ({ QueueUrl, AttributeNames: names }) => {
        const all = Object.entries(attributesOf(nameIn(QueueUrl)));
        const asked = all.filter(([name]) => names.includes("All") || names.includes(name));
        return asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) };
      },
    }),
    jsonOperation({
      service: "sqs",
      name: "SetQueueAttributes",
      schema: z.looseObject({ QueueUrl: z.string(), Attributes: attributesSchema }),
      resource: ({ QueueUrl }) => arnOf(nameIn(QueueUrl)),
      handle: ({ QueueUrl, Attributes }) => {
        const name = nameIn(QueueUrl);
        const { QueueArn: _arn, ...before } = attributesOf(name);
        visibilityIn(Attributes);
        created.set(name, { ...before, ...Attributes });
        return {};
      },
    }),
  ];
  return jsonTargetService("sqs", "sqs", "AmazonSQS", operations);
};

const nameIn = (queueUrl: string): string => queueUrl.split("/").at(-1) ?? "";

const definedQueue = (account: LambdaAccount, arn: string): Record<string, string> | undefined => {
  const source = [...account.functions.values()]
    .flatMap(({ eventSources }) => eventSources)
    .find(({ eventSourceArn }) => eventSourceArn === arn);
  if (source === undefined) return undefined;
  return { VisibilityTimeout: String(source.visibilityTimeoutSeconds ?? defaultVisibilitySeconds) };
};

const visibilityIn = ({ VisibilityTimeout: text }: Readonly<Record<string, string>>): string => {
  if (text === undefined) return String(defaultVisibilitySeconds);
  if (/^\d+$/.test(text) && Number(text) <= longestVisibilitySeconds) return text;
  throw new ApiError(
    400,
    "com.amazonaws.sqs#InvalidAttributeValue",
    "Invalid value for the parameter VisibilityTimeout.",
  );
};
