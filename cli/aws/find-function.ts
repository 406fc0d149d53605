import { TargetNotFoundError } from "../../core/errors/target-not-found-error.ts";
import type { Target } from "../../core/run/target.ts";
import { findDeployedFunction } from "../../local/direct/deployed-function.ts";
import { EnvironmentError } from "../errors/environment-error.ts";
import type { AwsSettings } from "./aws-settings.ts";
import { callingAws } from "./calling-aws.ts";

/**
 * Finds the function that a person named, as Plan will find it.
 *
 * @throws TargetNotFoundError, UntunableTargetError, AlreadyRunningError, and for credentials, region and permission.
 */
export const findFunction = async (settings: AwsSettings, named: string): Promise<Target> =>
  callingAws(settings, "lambda:GetFunctionConfiguration", named, () => findDeployedFunction(settings, named));

/**
 * Makes a failure to reach AWS say that the target was taken for a function's name, which a mistyped path is, too.
 */
export const orMistypedPath = async <Answer>(named: string, call: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await call();
  } catch (error) {
    const isDoubtful = error instanceof EnvironmentError || error instanceof TargetNotFoundError;
    if (!isDoubtful || named.includes(":")) throw error;
    const message = `${error.message}\nThere is no file or folder "${named}" here, so it was taken for the name of a deployed function.`;
    throw error instanceof EnvironmentError
      ? new EnvironmentError(message, { cause: error.cause })
      : Object.assign(error, { message });
  }
};
