import { CreateAliasCommand, GetAliasCommand, UpdateAliasCommand } from "@aws-sdk/client-lambda";
import { UntunableTargetError } from "../../core/errors/untunable-target-error.ts";
import { lambdaControlClient } from "./clients.ts";
import { callLambda, isApiError } from "./lambda-errors.ts";

/**
 * Points an alias to a version, creating it when there is none of that name.
 *
 * @returns The version that it pointed to before; absent when it is new.
 * @throws {@link UntunableTargetError} when the alias is shifting traffic between two versions.
 */
export const pointAlias = async (
  functionArn: string,
  alias: string,
  version: string,
): Promise<{ readonly previousVersion?: string }> => {
  const current = await readAlias(functionArn, alias);
  if (current === undefined) {
    await callLambda("lambda:CreateAlias", functionArn, () =>
      lambdaControlClient().send(
        new CreateAliasCommand({ FunctionName: functionArn, Name: alias, FunctionVersion: version }),
      ),
    );
    return {};
  }
  if (Object.keys(current.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0) {
    throw new UntunableTargetError(
      functionArn,
      `its alias ${alias} is shifting traffic between versions. Let that finish, then apply the report.`,
    );
  }
  if (current.FunctionVersion !== version) {
    await callLambda("lambda:UpdateAlias", functionArn, () =>
      lambdaControlClient().send(
        new UpdateAliasCommand({
          FunctionName: functionArn,
          Name: alias,
          FunctionVersion: version,
          RevisionId: current.RevisionId,
        }),
      ),
    );
  }
  return current.FunctionVersion === undefined ? {} : { previousVersion: current.FunctionVersion };
};

/** The version that an alias points to; absent when there is no such alias. */
export const versionBehind = async (functionArn: string, alias: string): Promise<string | undefined> =>
  (await readAlias(functionArn, alias))?.FunctionVersion;

const readAlias = async (functionArn: string, alias: string) => {
  try {
    return await lambdaControlClient().send(new GetAliasCommand({ FunctionName: functionArn, Name: alias }));
  } catch (error) {
    if (isApiError(error, "ResourceNotFoundException")) return undefined;
    return callLambda("lambda:GetAlias", functionArn, () => Promise.reject(error));
  }
};
