import { CreateAliasCommand, GetAliasCommand, UpdateAliasCommand } from "@aws-sdk/client-lambda";
import { ChangedDuringRunError } from "../../core/errors/changed-during-run-error.ts";
import { UntunableTargetError } from "../../core/errors/untunable-target-error.ts";
import { lambdaControlClient } from "./clients.ts";
import { callLambda, isApiError } from "./lambda-errors.ts";

/** An alias as it was found, that may be pointed elsewhere; without a version there is none of that name yet. */
export interface FoundAlias {
  readonly name: string;
  readonly version?: string | undefined;
  readonly revisionId?: string | undefined;
}

/**
 * Finds an alias that is to be pointed to another version.
 *
 * @throws {@link UntunableTargetError} when it is shifting traffic between two versions.
 */
export const findAlias = async (functionArn: string, name: string): Promise<FoundAlias> => {
  const current = await readAlias(functionArn, name);
  if (Object.keys(current?.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0) {
    throw new UntunableTargetError(
      functionArn,
      `its alias ${name} is shifting traffic between versions. Let that finish, then apply the report.`,
    );
  }
  return { name, version: current?.FunctionVersion, revisionId: current?.RevisionId };
};

/**
 * Points an alias to a version; creates it when there was none. A call whose answer was lost is recognised by its effect.
 *
 * @throws {@link ChangedDuringRunError} when somebody has moved or made the alias since it was found.
 */
export const pointAlias = async (functionArn: string, alias: FoundAlias, version: string): Promise<void> => {
  if (alias.version === version) return;
  try {
    await sendAlias(functionArn, alias, version);
  } catch (error) {
    if (!isApiError(error, "PreconditionFailedException", "ResourceConflictException")) throw error;
    if ((await versionBehind(functionArn, alias.name)) === version) return;
    throw new ChangedDuringRunError(functionArn, `its alias ${alias.name}`, { cause: error });
  }
};

const sendAlias = async (functionArn: string, { name, version, revisionId }: FoundAlias, next: string) => {
  const wanted = { FunctionName: functionArn, Name: name, FunctionVersion: next };
  return version === undefined
    ? callLambda("lambda:CreateAlias", functionArn, () => lambdaControlClient().send(new CreateAliasCommand(wanted)))
    : callLambda("lambda:UpdateAlias", functionArn, () =>
        lambdaControlClient().send(new UpdateAliasCommand({ ...wanted, RevisionId: revisionId })),
      );
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
