import { jsonAnswer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import type { RestOperation } from "../http/operation.ts";
import { functionOperation, requestParameters } from "./function-operation.ts";
import type { LambdaAccount } from "./lambda-account.ts";

/** Who may call a function and how: functions of the endpoint have no policy, trigger or URL of their own. */
export const callerOperations = (account: LambdaAccount): readonly RestOperation[] => [
  functionOperation(account, {
    name: "GetPolicy",
    method: "GET",
    path: "/2015-03-31/functions/{FunctionName}/policy",
    handle: () => {
      throw new ApiError(404, "ResourceNotFoundException", "The resource you requested does not exist.");
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
    name: "ListEventSourceMappings",
    method: "GET",
    path: "/2015-03-31/event-source-mappings",
    resource: () => "*",
    parameters: requestParameters,
    handle: () => jsonAnswer({ EventSourceMappings: [], NextMarker: null }),
  },
];
