import { parse, validate } from "@aws-sdk/util-arn-parser";
import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";

/** The target as a request names it, taken apart. */
export interface TargetReference {
  /** What Lambda's API takes as the function: a name or an ARN, without a qualifier. */
  readonly functionName: string;
  /** Version or alias; absent for `$LATEST`. */
  readonly qualifier?: string;
}

/**
 * Takes a function's name, partial ARN or full ARN apart.
 *
 * @throws {@link InvalidRequestError} when it is none of them.
 */
export const targetReference = (functionArn: string): TargetReference => {
  const parts = functionArn.startsWith("arn:") ? partsOfArn(functionArn) : partsOfName(functionArn);
  if (parts === undefined) {
    throw new InvalidRequestError([
      `functionArn: expected a function's name, partial ARN or ARN, got "${functionArn}".`,
    ]);
  }
  const { functionName, qualifier } = parts;
  return { functionName, ...(qualifier === undefined || qualifier === "$LATEST" ? {} : { qualifier }) };
};

interface Parts {
  readonly functionName: string;
  readonly qualifier: string | undefined;
}

const partsOfArn = (arn: string): Parts | undefined => {
  if (!validate(arn)) return undefined;
  const { service, resource } = parse(arn);
  const [kind, name, qualifier, ...others] = resource.split(":");
  if (service !== "lambda" || kind !== "function" || name === undefined || others.length > 0) return undefined;
  return { functionName: qualifier === undefined ? arn : arn.slice(0, -qualifier.length - 1), qualifier };
};

/** `name`, `name:qualifier`, or `account:function:name[:qualifier]`. */
const partsOfName = (text: string): Parts | undefined => {
  const found = /^((?:\d{12}:function:)?[A-Za-z0-9_-]{1,140})(?::([A-Za-z0-9_$-]{1,129}))?$/.exec(text);
  return found?.[1] === undefined ? undefined : { functionName: found[1], qualifier: found[2] };
};
