import type { Applied } from "../../core/report/schema.ts";
import { type Application, applyChange, type WantedChange } from "../../functions/applying/apply-change.ts";
import { findAlias, pointAlias, versionBehind } from "../../functions/aws/aliases.ts";
import { type AwsAccess, withAccess } from "./aws-access.ts";

export type { WantedChange } from "../../functions/applying/apply-change.ts";

/** How long Lambda may take to apply a setting, in milliseconds: as long as in the state machine. */
const patienceMs = 600_000;

/**
 * Puts a setting on a function, exactly as the state machine's Apply does.
 *
 * @param onPending - Called with what was set by then when the alias has to wait for its version, which may take minutes.
 */
export const applySetting = async (
  access: AwsAccess,
  wanted: WantedChange,
  onPending?: (applied: Applied) => Promise<void>,
): Promise<Application> => withAccess(access, async () => applyChange(wanted, Date.now() + patienceMs, onPending));

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
