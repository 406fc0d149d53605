import { z } from "zod";
import { emptyAnswer, jsonAnswer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import { parseJsonBody } from "../http/json-body.ts";
import type { RestOperation } from "../http/operation.ts";
import { unreservedConcurrency } from "./concurrency-limits.ts";
import { lambdaTimestamp } from "./configuration-view.ts";
import { functionOperation } from "./function-operation.ts";
import type { FunctionRecord, ProvisionedConcurrencyRecord } from "./function-record.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { resolveQualifier } from "./resolve-function.ts";

/** Lambda keeps so many executions unreserved in every account. */
const leastUnreserved = 100;

const provisionedPath = "/2019-09-30/functions/{FunctionName}/provisioned-concurrency";

/** Reserved and provisioned concurrency. */
export const concurrencyOperations = (account: LambdaAccount): readonly RestOperation[] => [
  functionOperation(account, {
    name: "GetFunctionConcurrency",
    unqualified: true,
    method: "GET",
    path: "/2019-09-30/functions/{FunctionName}/concurrency",
    handle: ({ record }) => jsonAnswer(reservedView(record)),
  }),
  functionOperation(account, {
    name: "PutFunctionConcurrency",
    unqualified: true,
    method: "PUT",
    path: "/2017-10-31/functions/{FunctionName}/concurrency",
    handle: ({ record }, { call }) => {
      const request = parseJsonBody(z.looseObject({ ReservedConcurrentExecutions: z.int().min(0) }), call.body);
      reserve(account, record, request.ReservedConcurrentExecutions);
      return jsonAnswer(reservedView(record));
    },
  }),
  functionOperation(account, {
    name: "DeleteFunctionConcurrency",
    unqualified: true,
    method: "DELETE",
    path: "/2017-10-31/functions/{FunctionName}/concurrency",
    handle: ({ record }) => {
      record.reservedConcurrency = undefined;
      return emptyAnswer();
    },
  }),
  functionOperation(account, {
    name: "ListProvisionedConcurrencyConfigs",
    method: "GET",
    path: provisionedPath,
    query: { List: "ALL" },
    handle: ({ record }) =>
      jsonAnswer({
        ProvisionedConcurrencyConfigs: [...record.provisioned.values()].map((config) =>
          Object.assign(provisionedView(account, config), { FunctionArn: `${record.arn}:${config.qualifier}` }),
        ),
      }),
  }),
  functionOperation(account, {
    name: "GetProvisionedConcurrencyConfig",
    method: "GET",
    path: provisionedPath,
    handle: ({ record, qualifier }) => {
      const config = record.provisioned.get(qualifier ?? "");
      if (config === undefined) {
        throw new ApiError(
          404,
          "ProvisionedConcurrencyConfigNotFoundException",
          "No Provisioned Concurrency Config found for this function",
        );
      }
      return jsonAnswer(provisionedView(account, config));
    },
  }),
  functionOperation(account, {
    name: "PutProvisionedConcurrencyConfig",
    method: "PUT",
    path: provisionedPath,
    handle: ({ record, qualifier }, { call }) => {
      const request = parseJsonBody(z.looseObject({ ProvisionedConcurrentExecutions: z.int().min(1) }), call.body);
      if (qualifier === undefined || resolveQualifier(record, qualifier).kind === "latest") {
        throw new ApiError(
          400,
          "InvalidParameterValueException",
          "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
        );
      }
      const now = account.clock();
      const config: ProvisionedConcurrencyRecord = {
        qualifier,
        requested: request.ProvisionedConcurrentExecutions,
        lastModifiedMs: now,
        readyAtMs: now + account.controlPlaneDelayMs,
      };
      record.provisioned.set(qualifier, config);
      return jsonAnswer(provisionedView(account, config), 202);
    },
  }),
  functionOperation(account, {
    name: "DeleteProvisionedConcurrencyConfig",
    method: "DELETE",
    path: provisionedPath,
    handle: ({ record, qualifier }) => {
      record.provisioned.delete(qualifier ?? "");
      return emptyAnswer();
    },
  }),
];

const reservedView = ({ reservedConcurrency }: FunctionRecord): Record<string, unknown> =>
  reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };

const reserve = (account: LambdaAccount, record: FunctionRecord, wanted: number): void => {
  const free = unreservedConcurrency(account) + (record.reservedConcurrency ?? 0);
  if (wanted > 0 && free - wanted < leastUnreserved) {
    throw new ApiError(
      400,
      "InvalidParameterValueException",
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
    );
  }
  record.reservedConcurrency = wanted;
};

const provisionedView = (account: LambdaAccount, config: ProvisionedConcurrencyRecord): Record<string, unknown> => {
  const ready = account.clock() >= config.readyAtMs;
  return {
    RequestedProvisionedConcurrentExecutions: config.requested,
    AvailableProvisionedConcurrentExecutions: ready ? config.requested : 0,
    AllocatedProvisionedConcurrentExecutions: ready ? config.requested : 0,
    Status: ready ? "READY" : "IN_PROGRESS",
    LastModified: lambdaTimestamp(config.lastModifiedMs),
  };
};
