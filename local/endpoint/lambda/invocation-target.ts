import { ApiError } from "../http/api-error.ts";
import type { AliasRecord, Deployment, FunctionRecord } from "./function-record.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { type ResolvedFunction, resolveQualifier } from "./resolve-function.ts";

/** What an invocation runs. */
export interface InvocationTarget {
  readonly record: FunctionRecord;
  readonly qualifier: string | undefined;
  /** ARN as invoked. */
  readonly invokedArn: string;
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly deployment: Deployment;
}

/**
 * Finds what an invocation runs: the version behind the qualifier, and while an update of `$LATEST` is in progress
 * what was there before.
 *
 * @param draw - From 0 to 1: decides between the versions of a weighted alias.
 * @throws {@link ApiError} `ResourceConflictException` while a version is pending.
 */
export const invocationTarget = (
  account: LambdaAccount,
  { record, qualifier }: ResolvedFunction,
  draw: number,
): InvocationTarget => {
  const shared = {
    record,
    qualifier,
    invokedArn: qualifier === undefined ? record.arn : `${record.arn}:${qualifier}`,
  };
  const named = resolveQualifier(record, qualifier);
  if (named.kind === "latest") {
    const { latest } = record;
    const deployment = account.clock() < latest.updatedAtMs ? latest.serving : latest;
    return { ...shared, version: "$LATEST", deployment };
  }
  const version = named.alias === undefined ? named.deployment.version : weightedVersion(named.alias, draw);
  const chosen = record.versions.get(version) ?? named.deployment;
  if (account.clock() < chosen.activeAtMs) {
    throw new ApiError(
      409,
      "ResourceConflictException",
      "The operation cannot be performed at this time. The function is currently in the following state: Pending",
    );
  }
  return { ...shared, version: chosen.version, deployment: chosen };
};

const weightedVersion = (alias: AliasRecord, draw: number): string => {
  let sum = 0;
  for (const [version, weight] of Object.entries(alias.additionalVersionWeights)) {
    sum += weight;
    if (draw < sum) return version;
  }
  return alias.functionVersion;
};
