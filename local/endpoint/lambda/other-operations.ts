import type { IncomingCall } from "../http/incoming-call.ts";

/** Operations of Lambda that the endpoint does not have, by method and path: so that it can refuse them by name. */
const others: readonly (readonly [method: string, path: RegExp, name: string])[] = [
  ["POST", /^\/2015-03-31\/functions\/?$/, "CreateFunction"],
  ["DELETE", /^\/2015-03-31\/functions\/[^/]+\/policy\/[^/]+$/, "RemovePermission"],
  ["GET", /^\/2015-03-31\/event-source-mappings\/[^/]+$/, "GetEventSourceMapping"],
  ["PUT", /^\/2015-03-31\/event-source-mappings\/[^/]+$/, "UpdateEventSourceMapping"],
  ["DELETE", /^\/2015-03-31\/event-source-mappings\/[^/]+$/, "DeleteEventSourceMapping"],
  ["POST", /^\/2014-11-13\/functions\/[^/]+\/invoke-async\/?$/, "InvokeAsync"],
  ["POST", /^\/2021-11-15\/functions\/[^/]+\/response-streaming-invocations$/, "InvokeWithResponseStream"],
  ["PUT", /^\/2019-09-25\/functions\/[^/]+\/event-invoke-config$/, "PutFunctionEventInvokeConfig"],
  ["POST", /^\/2019-09-25\/functions\/[^/]+\/event-invoke-config$/, "UpdateFunctionEventInvokeConfig"],
  ["DELETE", /^\/2019-09-25\/functions\/[^/]+\/event-invoke-config$/, "DeleteFunctionEventInvokeConfig"],
  ["GET", /^\/2019-09-25\/functions\/[^/]+\/event-invoke-config\/list$/, "ListFunctionEventInvokeConfigs"],
  ["GET", /^\/2021-10-31\/functions\/[^/]+\/url$/, "GetFunctionUrlConfig"],
  ["POST", /^\/2021-10-31\/functions\/[^/]+\/url$/, "CreateFunctionUrlConfig"],
  ["PUT", /^\/2021-10-31\/functions\/[^/]+\/url$/, "UpdateFunctionUrlConfig"],
  ["DELETE", /^\/2021-10-31\/functions\/[^/]+\/url$/, "DeleteFunctionUrlConfig"],
  ["GET", /^\/2020-06-30\/functions\/[^/]+\/code-signing-config$/, "GetFunctionCodeSigningConfig"],
  ["PUT", /^\/2020-06-30\/functions\/[^/]+\/code-signing-config$/, "PutFunctionCodeSigningConfig"],
  ["GET", /^\/2018-10-31\/layers\/?$/, "ListLayers"],
  ["GET", /^\/2018-10-31\/layers\/[^/]+\/versions\/?$/, "ListLayerVersions"],
  ["POST", /^\/2018-10-31\/layers\/[^/]+\/versions\/?$/, "PublishLayerVersion"],
  ["GET", /^\/2021-07-20\/functions\/[^/]+\/runtime-management-config$/, "GetRuntimeManagementConfig"],
  ["PUT", /^\/2021-07-20\/functions\/[^/]+\/runtime-management-config$/, "PutRuntimeManagementConfig"],
  ["GET", /^\/2024-08-31\/functions\/[^/]+\/recursion-config$/, "GetFunctionRecursionConfig"],
];

/** The name of an operation that Lambda has and the endpoint has not. */
export const otherLambdaOperation = ({ method, path }: IncomingCall): string | undefined =>
  others.find(([itsMethod, pattern]) => itsMethod === method && pattern.test(path))?.[2];
