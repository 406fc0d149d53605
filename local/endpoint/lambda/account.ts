import { jsonAnswer } from "../http/answer.ts";
import type { RestOperation } from "../http/operation.ts";
import { requestParameters } from "./function-operation.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { unreservedConcurrency } from "./concurrency-limits.ts";

/** What the account may use. */
export const accountOperations = (account: LambdaAccount): readonly RestOperation[] => [
  {
    service: "lambda",
    name: "GetAccountSettings",
    method: "GET",
    path: "/2016-08-19/account-settings",
    resource: () => "*",
    parameters: requestParameters,
    handle: () =>
      jsonAnswer({
        AccountLimit: {
          TotalCodeSize: 80_530_636_800,
          CodeSizeUnzipped: 262_144_000,
          CodeSizeZipped: 52_428_800,
          ConcurrentExecutions: account.limits.concurrentExecutions,
          UnreservedConcurrentExecutions: unreservedConcurrency(account),
        },
        AccountUsage: {
          TotalCodeSize: [...account.functions.values()].reduce(
            (bytes, record) => bytes + record.latest.code.sizeBytes * (1 + record.versions.size),
            0,
          ),
          FunctionCount: account.functions.size,
        },
      }),
  },
];
