import type { RestOperation } from "../http/operation.ts";
import { accountOperations } from "./account.ts";
import { aliasOperations } from "./aliases.ts";
import { callerOperations } from "./callers.ts";
import { concurrencyOperations } from "./concurrency.ts";
import { functionOperations } from "./functions.ts";
import { invokeOperations } from "./invoke.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import type { InvocationEffects } from "./run-invocation.ts";
import { tagOperations } from "./tags.ts";
import { versionOperations } from "./versions.ts";

/** Every Lambda operation that the endpoint has. */
export const lambdaOperations = (account: LambdaAccount, effects: InvocationEffects): readonly RestOperation[] => [
  ...invokeOperations(account, effects),
  ...functionOperations(account),
  ...versionOperations(account),
  ...aliasOperations(account),
  ...concurrencyOperations(account),
  ...tagOperations(account),
  ...accountOperations(account),
  ...callerOperations(account),
];
