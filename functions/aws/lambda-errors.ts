import { AccessDeniedError } from "../../core/errors/access-denied-error.ts";
import { TargetNotFoundError } from "../../core/errors/target-not-found-error.ts";
import { ThrottledError } from "../../core/errors/throttled-error.ts";

/** The exception's name as the API gives it, or that of any other error. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : "Error");

/** Whether an error is one of the API's exceptions of these names. */
export const isApiError = (error: unknown, ...names: readonly string[]): boolean => names.includes(errorName(error));

/** Refusals of an invocation that mean: not now. All come before the function runs. */
const throttles = [
  "TooManyRequestsException",
  "EC2ThrottledException",
  "ENILimitReachedException",
  "SubnetIPAddressLimitReachedException",
] as const;

/** Whether an invocation was refused for now: it may be sent again. */
export const isThrottle = (error: unknown): boolean => isApiError(error, ...throttles);

/**
 * Makes a management call and turns the failures that people can act on into the project's own errors.
 *
 * Exceptions that only the caller can judge (conflicts, failed preconditions, validation) pass unchanged.
 */
export const callLambda = async <Answer>(
  action: string,
  functionArn: string,
  call: () => Promise<Answer>,
): Promise<Answer> => {
  try {
    return await call();
  } catch (error) {
    throw translated(error, action, functionArn);
  }
};

const translated = (error: unknown, action: string, functionArn: string): unknown => {
  switch (errorName(error)) {
    case "ResourceNotFoundException":
      return new TargetNotFoundError(functionArn, { cause: error });
    case "AccessDeniedException":
      return new AccessDeniedError(action, functionArn, { cause: error });
    case "TooManyRequestsException":
    case "ThrottlingException":
      return new ThrottledError(action, { cause: error });
    default:
      return error;
  }
};
