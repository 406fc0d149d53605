import { type Application, applyChange, type WantedChange } from "../../functions/applying/apply-change.ts";
import { findAlias, pointAlias, versionBehind } from "../../functions/aws/aliases.ts";
import { type AwsAccess, withAccess } from "./aws-access.ts";

export type { WantedChange } from "../../functions/applying/apply-change.ts";

/** How long Lambda may take to apply a setting, in milliseconds. */
const patienceMs = 300_000;

/** Puts a setting on a function, exactly as the state machine's Apply does. */
export const applySetting = async (access: AwsAccess, wanted: WantedChange): Promise<Application> =>
  withAccess(access, async () => applyChange(wanted, Date.now() + patienceMs));

/** Points an alias back to a version. */
export const pointAliasBack = async (
  access: AwsAccess,
  functionArn: string,
  alias: string,
  version: string,
): Promise<void> => {
  await withAccess(access, async () => pointAlias(functionArn, await findAlias(functionArn, alias), version));
};

/** The version that an alias points to; absent when there is no such alias. */
export const readAliasVersion = async (
  access: AwsAccess,
  functionArn: string,
  alias: string,
): Promise<string | undefined> => withAccess(access, async () => versionBehind(functionArn, alias));
