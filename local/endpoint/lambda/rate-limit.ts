import type { RestOperation } from "../http/operation.ts";
import { throttled } from "./concurrency-limits.ts";
import type { LambdaAccount } from "./lambda-account.ts";

/** GetFunction has a limit of its own, so many times that of the other management operations. */
const getFunctionFactor = 100 / 15;

/** Holds management operations to the account's rate, where it has one. Invocations have limits of their own. */
export const withRateLimit = (
  account: LambdaAccount,
  operations: readonly RestOperation[],
): readonly RestOperation[] => {
  const rate = account.limits.controlPlaneRate;
  if (rate === undefined) return operations;
  const shared = createBucket(account.clock, rate);
  const getFunction = createBucket(account.clock, rate * getFunctionFactor);
  return operations.map((operation) =>
    operation.name === "Invoke"
      ? operation
      : {
          ...operation,
          handle: (input) => {
            const bucket = operation.name === "GetFunction" ? getFunction : shared;
            if (!bucket()) throw throttled("CallerRateLimitExceeded");
            return operation.handle(input);
          },
        },
  );
};

/** A bucket that holds one second's worth of calls. @returns Whether a call may pass now. */
const createBucket = (clock: () => number, perSecond: number) => {
  let tokens = perSecond;
  let at = clock();
  return (): boolean => {
    const now = clock();
    tokens = Math.min(perSecond, tokens + ((now - at) / 1000) * perSecond);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
