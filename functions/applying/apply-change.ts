import { ChangedDuringRunError } from "../../core/errors/changed-during-run-error.ts";
import type { Applied } from "../../core/report/schema.ts";
import type { TargetConfiguration } from "../../core/run/target.ts";
import { findAlias, pointAlias } from "../aws/aliases.ts";
import { changeLatest, type LatestChange } from "../aws/change-latest.ts";
import { despiteConflicts } from "../aws/despite-conflicts.ts";
import { type FoundFunction, isSameConfiguration } from "../aws/read-configuration.ts";
import { settledConfiguration } from "../aws/settled-configuration.ts";
import { publishLatest } from "../aws/versions.ts";
import { appliedDescription, versionBefore } from "./applied-description.ts";
import { requireActive } from "./require-active.ts";

/** A setting to put on a function. */
export interface WantedChange {
  readonly functionArn: string;
  /** What `$LATEST` must look like now. */
  readonly original: TargetConfiguration;
  readonly change: Pick<LatestChange, "memorySizeMb" | "timeoutSeconds">;
  /** Publishes the setting as a version and points this alias to it. */
  readonly alias?: string;
  /** The run whose advice it is. */
  readonly runId: string;
}

/** What was set. */
export interface Application {
  readonly applied: Applied;
  /** Why the alias does not serve it. */
  readonly failure?: unknown;
}

/**
 * Puts a setting on a function, on `$LATEST` and behind an alias when one is named.
 *
 * @param deadline - Epoch milliseconds at which waiting for Lambda ends.
 * @param onPending - Called with what was set by then when the alias has to wait for its version, which may take minutes.
 * @returns What was set, and what undoes it: also when the alias could not be moved to it any more.
 * @throws ChangedDuringRunError when the function is not what `original` says.
 */
export const applyChange = async (
  wanted: WantedChange,
  deadline: number,
  onPending: (applied: Applied) => Promise<void> = async () => {},
): Promise<Application> => {
  const { functionArn, original, change, alias, runId } = wanted;
  const found = alias === undefined ? undefined : await findAlias(functionArn, alias);
  const latest = await changeLatest(functionArn, original, change, deadline);
  let applied: Applied = {
    ...change,
    undo: {
      ...(change.memorySizeMb === undefined ? {} : { memorySizeMb: original.memorySizeMb }),
      ...(change.timeoutSeconds === undefined ? {} : { timeoutSeconds: original.timeoutSeconds }),
    },
  };
  if (found === undefined) return { applied };
  try {
    const published = await publishApplied(functionArn, latest, appliedDescription(runId, found), deadline);
    const { version } = published;
    applied = { ...applied, version };
    const isThere = found.version === version;
    if (!isThere) {
      if (published.state === "Pending") await onPending(applied);
      await requireActive(functionArn, version, deadline);
      await pointAlias(functionArn, found, version);
    }
    const before = isThere ? versionBefore(runId, found.name, published.description) : found.version;
    const undo = { ...applied.undo, ...(before === undefined ? {} : { aliasVersion: before }) };
    return { applied: { ...applied, alias: found.name, undo } };
  } catch (failure) {
    return { applied, failure };
  }
};

interface PublishedSetting {
  readonly version: string;
  readonly description: string | undefined;
  readonly state: string | undefined;
}

/**
 * Publishes what was applied, and nothing else: what somebody has deployed since is theirs to release. A version that has
 * this code and configuration already serves as well as a new one.
 */
const publishApplied = async (
  functionArn: string,
  applied: FoundFunction,
  description: string,
  deadline: number,
): Promise<PublishedSetting> => {
  let latest: FoundFunction | undefined = applied;
  return despiteConflicts({ functionArn, purpose: "publish it", deadline }, async () => {
    const current = latest ?? (await settledConfiguration(functionArn, deadline));
    latest = undefined;
    if (!isSameConfiguration(current.configuration, applied.configuration)) {
      throw new ChangedDuringRunError(functionArn, "its code or settings while a version was being published");
    }
    const published = await publishLatest(functionArn, current, description);
    if (!("done" in published)) return published;
    const { Version: version, Description: given, State: state } = published.done;
    return version === undefined ? { refused: undefined } : { done: { version, description: given, state } };
  });
};
