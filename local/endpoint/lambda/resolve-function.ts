import { ApiError } from "../http/api-error.ts";
import { parseFunctionName } from "./function-name.ts";
import type { AliasRecord, FunctionRecord, LatestRecord, VersionRecord } from "./function-record.ts";
import type { LambdaAccount } from "./lambda-account.ts";

/** A function that a call names, and the qualifier it names it with. */
export interface ResolvedFunction {
  readonly record: FunctionRecord;
  readonly qualifier: string | undefined;
}

/**
 * Finds the function of a call.
 *
 * @param queryQualifier - The `Qualifier` of the query, where the operation takes one.
 * @throws {@link ApiError} `ResourceNotFoundException` when there is none, `InvalidParameterValueException` when the
 * name and the query say different qualifiers.
 */
export const resolveFunction = (
  account: LambdaAccount,
  functionName: string,
  queryQualifier?: string | null,
): ResolvedFunction => {
  const reference = parseFunctionName(functionName);
  const qualifier = reference.qualifier ?? queryQualifier ?? undefined;
  if (typeof queryQualifier === "string" && qualifier !== queryQualifier) {
    throw new ApiError(
      400,
      "InvalidParameterValueException",
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  }
  const region = reference.region ?? account.region;
  if (region !== account.region) {
    throw new ApiError(
      404,
      "ResourceNotFoundException",
      `Functions from '${region}' are not reachable in this region ('${account.region}')`,
    );
  }
  const record = account.functions.get(reference.name);
  if (record === undefined || (reference.accountId ?? account.accountId) !== account.accountId) {
    throw notFound(
      `arn:aws:lambda:${region}:${reference.accountId ?? account.accountId}:function:${reference.name}`,
      qualifier,
    );
  }
  return { record, qualifier };
};

/** The ARN that a call names, whether or not the function exists: for the record of calls. */
export const functionArnOf = (account: LambdaAccount, functionName: string, qualifier?: string | null): string => {
  try {
    const reference = parseFunctionName(functionName);
    const arn = `arn:aws:lambda:${reference.region ?? account.region}:${reference.accountId ?? account.accountId}:function:${reference.name}`;
    const suffix = reference.qualifier ?? qualifier;
    return typeof suffix === "string" ? `${arn}:${suffix}` : arn;
  } catch {
    return functionName;
  }
};

/** What a qualifier stands for: `$LATEST`, a version, or an alias with the version it points to. */
export type QualifiedDeployment =
  | { readonly kind: "latest"; readonly deployment: LatestRecord }
  | { readonly kind: "version"; readonly deployment: VersionRecord; readonly alias?: AliasRecord };

/**
 * Finds what a qualifier stands for. No qualifier is `$LATEST`.
 *
 * @throws {@link ApiError} `ResourceNotFoundException` when the function has no such version or alias.
 */
export const resolveQualifier = (record: FunctionRecord, qualifier: string | undefined): QualifiedDeployment => {
  if (qualifier === undefined || qualifier === "$LATEST") return { kind: "latest", deployment: record.latest };
  const alias = record.aliases.get(qualifier);
  const number = alias?.functionVersion ?? qualifier;
  if (number === "$LATEST") return { kind: "latest", deployment: record.latest };
  const version = record.versions.get(number);
  if (version === undefined) throw notFound(record.arn, qualifier);
  return { kind: "version", deployment: version, ...(alias !== undefined && { alias }) };
};

const notFound = (arn: string, qualifier: string | undefined): ApiError =>
  new ApiError(
    404,
    "ResourceNotFoundException",
    `Function not found: ${arn}${qualifier === undefined ? "" : `:${qualifier}`}`,
  );
