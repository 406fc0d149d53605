import { z } from "zod";
import { jsonAnswer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import { parseJsonBody } from "../http/json-body.ts";
import type { RestOperation } from "../http/operation.ts";
import { functionOperation, requestParameters } from "./function-operation.ts";
import type { FunctionRecord } from "./function-record.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { pageOf } from "./paging.ts";
import { functionArnOf, resolveFunction } from "./resolve-function.ts";

/** Who may call a function and how, as far as its definition says. */
export const callerOperations = (account: LambdaAccount): readonly RestOperation[] => [
  functionOperation(account, {
    name: "GetPolicy",
    method: "GET",
    path: "/2015-03-31/functions/{FunctionName}/policy",
    handle: ({ record, qualifier }) => {
      // The definition's policy is that of the function: versions and aliases have none of their own.
      if (record.invokedBy.length === 0 || qualifier !== undefined) {
        throw new ApiError(404, "ResourceNotFoundException", "The resource you requested does not exist.");
      }
      return jsonAnswer({ Policy: JSON.stringify(policyOf(record)), RevisionId: record.latest.revisionId });
    },
  }),
  functionOperation(account, {
    name: "AddPermission",
    method: "POST",
    path: "/2015-03-31/functions/{FunctionName}/policy",
    unqualified: true,
    handle: ({ record }, { call }) => {
      const { Principal, StatementId, Action } = parseJsonBody(permissionSchema, call.body);
      record.invokedBy.push(Principal);
      const Statement = { Sid: StatementId, Effect: "Allow", Principal: { Service: Principal }, Action };
      return jsonAnswer({ Statement: JSON.stringify({ ...Statement, Resource: record.arn }) }, 201);
    },
  }),
  functionOperation(account, {
    name: "GetFunctionEventInvokeConfig",
    method: "GET",
    path: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
    handle: ({ record, qualifier }) => {
      throw new ApiError(
        404,
        "ResourceNotFoundException",
        `The function ${record.arn}:${qualifier ?? "$LATEST"} doesn't have an EventInvokeConfig`,
      );
    },
  }),
  functionOperation(account, {
    name: "ListFunctionUrlConfigs",
    method: "GET",
    path: "/2021-10-31/functions/{FunctionName}/urls",
    handle: () => jsonAnswer({ FunctionUrlConfigs: [] }),
  }),
  {
    service: "lambda",
    name: "CreateEventSourceMapping",
    method: "POST",
    path: "/2015-03-31/event-source-mappings",
    resource: () => "*",
    parameters: requestParameters,
    handle: ({ call }) => {
      const { FunctionName, EventSourceArn, Enabled } = parseJsonBody(mappingSchema, call.body);
      const { record, qualifier } = resolveFunction(account, FunctionName, null);
      record.eventSources.push({
        eventSourceArn: EventSourceArn,
        enabled: Enabled,
        ...(qualifier === undefined ? {} : { qualifier }),
      });
      return jsonAnswer(mappingsOf(record).at(-1), 202);
    },
  },
  {
    service: "lambda",
    name: "ListEventSourceMappings",
    method: "GET",
    path: "/2015-03-31/event-source-mappings",
    resource: () => "*",
    parameters: requestParameters,
    handle: ({ call }) => {
      const functionName = call.query.get("FunctionName");
      const functionArn = functionName === null ? undefined : functionArnOf(account, functionName);
      const all = [...account.functions.values()]
        .flatMap(mappingsOf)
        .filter((mapping) => functionArn === undefined || mapping.FunctionArn === functionArn);
      const { items, nextMarker } = pageOf(all, call.query, 100);
      return jsonAnswer({ EventSourceMappings: items, NextMarker: nextMarker ?? null });
    },
  },
];

const permissionSchema = z.looseObject({ StatementId: z.string(), Action: z.string(), Principal: z.string() });

const mappingSchema = z.looseObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: z.boolean().default(true),
});

const policyOf = (record: FunctionRecord): object => ({
  Version: "2012-10-17",
  Id: "default",
  Statement: record.invokedBy.map((service, index) => ({
    Sid: `invoke-${index}`,
    Effect: "Allow",
    Principal: { Service: service },
    Action: "lambda:InvokeFunction",
    Resource: record.arn,
  })),
});

const mappingsOf = (record: FunctionRecord) =>
  record.eventSources.map(({ eventSourceArn, qualifier, enabled }, index) => ({
    UUID: `${record.name}-${index}`,
    EventSourceArn: eventSourceArn,
    FunctionArn: qualifier === undefined ? record.arn : `${record.arn}:${qualifier}`,
    State: enabled === false ? "Disabled" : "Enabled",
  }));
