import { ApiError } from "../http/api-error.ts";
import type { FunctionRecord } from "./function-record.ts";
import type { LambdaAccount } from "./lambda-account.ts";

/**
 * Holds a call to the revision that its client read.
 *
 * @param expected - `RevisionId` of the call; absent: any revision will do.
 * @throws {@link ApiError} `PreconditionFailedException` (412) when something changed since.
 */
export const requireRevision = (expected: string | undefined, current: string): void => {
  if (expected === undefined || expected === current) return;
  throw new ApiError(
    412,
    "PreconditionFailedException",
    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
  );
};

/** @throws {@link ApiError} `ResourceConflictException` (409) while an update of `$LATEST` is in progress. */
export const requireNoUpdateInProgress = (account: LambdaAccount, record: FunctionRecord): void => {
  if (account.clock() >= record.latest.updatedAtMs) return;
  throw new ApiError(
    409,
    "ResourceConflictException",
    `The operation cannot be performed at this time. An update is in progress for resource: ${record.arn}`,
  );
};
