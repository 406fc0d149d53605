import { ApiError } from "../http/api-error.ts";
import type { FunctionRecord } from "./function-record.ts";
import type { LambdaAccount } from "./lambda-account.ts";

/** Concurrent executions left to functions without a reservation of their own. */
export const unreservedConcurrency = (account: LambdaAccount): number =>
  account.limits.unreservedConcurrency ??
  account.limits.concurrentExecutions -
    [...account.functions.values()].reduce((sum, { reservedConcurrency }) => sum + (reservedConcurrency ?? 0), 0);

/**
 * Admits an invocation, and counts it until it is released.
 *
 * @returns Releases it.
 * @throws {@link ApiError} `TooManyRequestsException` (429) naming which limit it ran into.
 */
export const admitInvocation = (account: LambdaAccount, record: FunctionRecord, version: string): (() => void) => {
  const limit = record.reservedConcurrency ?? unreservedConcurrency(account);
  if (concurrentWith(account, record) >= limit) {
    throw throttled(
      record.reservedConcurrency === undefined
        ? "ConcurrentInvocationLimitExceeded"
        : "ReservedFunctionConcurrentInvocationLimitExceeded",
    );
  }
  record.inFlight.set(version, (record.inFlight.get(version) ?? 0) + 1);
  return () => {
    const left = (record.inFlight.get(version) ?? 1) - 1;
    if (left > 0) record.inFlight.set(version, left);
    else record.inFlight.delete(version);
  };
};

/** Invocations of one function under way. */
export const inFlightOf = (record: FunctionRecord): number =>
  [...record.inFlight.values()].reduce((sum, count) => sum + count, 0);

/** A 429 as Lambda words it. */
export const throttled = (reason: string): ApiError =>
  new ApiError(429, "TooManyRequestsException", "Rate Exceeded.", {
    details: { Reason: reason },
    headers: { "retry-after": "1" },
  });

/** Invocations that count against the same limit: the function's own, or those of all without a reservation. */
const concurrentWith = (account: LambdaAccount, record: FunctionRecord): number =>
  record.reservedConcurrency === undefined
    ? [...account.functions.values()]
        .filter(({ reservedConcurrency }) => reservedConcurrency === undefined)
        .reduce((sum, other) => sum + inFlightOf(other), 0)
    : inFlightOf(record);
