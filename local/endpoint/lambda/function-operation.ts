import type { Answer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import { jsonMembers } from "../http/json-body.ts";
import type { OperationInput, RestOperation } from "../http/operation.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { functionArnOf, type ResolvedFunction, resolveFunction } from "./resolve-function.ts";

/** What differs between the operations on a function. */
export interface FunctionOperation {
  readonly name: string;
  readonly iamAction?: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Whether it acts on the function as a whole, and refuses versions and aliases. */
  readonly unqualified?: true;
  handle(target: ResolvedFunction, input: OperationInput): Answer | Promise<Answer>;
}

/** An operation whose path names a function and whose query may name a qualifier. */
export const functionOperation = (account: LambdaAccount, operation: FunctionOperation): RestOperation => ({
  service: "lambda",
  ...operation,
  resource: ({ labels, call }) => functionArnOf(account, labels["FunctionName"] ?? "", call.query.get("Qualifier")),
  parameters: requestParameters,
  handle: (input) => {
    const target = resolveFunction(account, input.labels["FunctionName"] ?? "", input.call.query.get("Qualifier"));
    if (operation.unqualified === true && target.qualifier !== undefined) throw qualified();
    return operation.handle(target, input);
  },
});

const qualified = (): ApiError =>
  new ApiError(
    400,
    "InvalidParameterValueException",
    "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
  );

/** Labels, query and JSON body of a call in one object. */
export const requestParameters = ({ labels, call }: OperationInput): Record<string, unknown> => ({
  ...labels,
  ...Object.fromEntries(call.query),
  ...jsonMembers(call.body),
});
