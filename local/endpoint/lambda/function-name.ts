import { ApiError } from "../http/api-error.ts";

/** A function as a client named it: by name, partial ARN or full ARN, each with or without a qualifier. */
export interface FunctionReference {
  readonly name: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly qualifier?: string;
}

const pattern =
  /^(?:arn:(?:aws|aws-cn|aws-us-gov|aws-iso(?:-[a-z])?):lambda:(?<region>[a-z0-9-]+):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

/**
 * Reads the `FunctionName` of a call.
 *
 * @throws {@link ApiError} `ValidationException` when it has none of the forms that Lambda takes.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html}
 */
export const parseFunctionName = (text: string): FunctionReference => {
  const groups = pattern.exec(text)?.groups;
  const name = groups?.["name"];
  if (groups === undefined || name === undefined) {
    throw new ApiError(
      400,
      "ValidationException",
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?(-iso[a-z]?)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
    );
  }
  const { region, account, qualifier } = groups;
  return {
    name,
    ...(region !== undefined && { region }),
    ...(account !== undefined && { accountId: account }),
    ...(qualifier !== undefined && { qualifier }),
  };
};
