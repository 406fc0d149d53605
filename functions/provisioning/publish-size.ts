import { ChangedDuringRunError } from "../../core/errors/changed-during-run-error.ts";
import { latestDescription, versionDescription } from "../../core/run/run-marker.ts";
import type { RunVersion } from "../../core/run/run-state.ts";
import type { Target, TargetConfiguration } from "../../core/run/target.ts";
import { changeLatest } from "../aws/change-latest.ts";
import { despiteConflicts } from "../aws/despite-conflicts.ts";
import { noteTrialSizes, requireLock } from "../aws/locks.ts";
import { settledConfiguration } from "../aws/settled-configuration.ts";
import { type FoundFunction, isSameConfiguration } from "../aws/read-configuration.ts";
import { publishLatest } from "../aws/versions.ts";

/** One version to publish: the number tells several of one size apart. */
export interface WantedVersion {
  readonly memorySizeMb: number;
  readonly number: number;
}

/**
 * Sets `$LATEST` to a size and publishes it as a version of this run.
 *
 * Both only while the run holds its lock. `$LATEST` is marked when the second look is taken: a clean-up that releases the
 * lock after it finds the mark or the version.
 *
 * @param base - What `$LATEST` looks like now: the original, or what the version before left.
 * @param deadline - Epoch milliseconds at which waiting for Lambda ends.
 * @returns The version, and what `$LATEST` looks like after it. The original is restored by the caller, once for all sizes.
 * @throws {@link ChangedDuringRunError} when somebody else changed the function.
 * @throws LockLostError when a clean-up has ended the run.
 */
export const publishSize = async (
  target: Target,
  runId: string,
  wanted: WantedVersion,
  base: TargetConfiguration,
  deadline: number,
): Promise<{ version: RunVersion; latest: TargetConfiguration }> => {
  const { functionArn } = target;
  const description = versionDescription(runId, wanted.memorySizeMb, wanted.number);
  await noteTrialSizes({ functionArn, runId }, [base.memorySizeMb, wanted.memorySizeMb]);
  const marked = await changeLatest(
    functionArn,
    base,
    {
      memorySizeMb: wanted.memorySizeMb,
      description: latestDescription(runId, wanted.memorySizeMb, wanted.number),
    },
    deadline,
  );
  const prepared = marked.configuration;
  let latest: FoundFunction | undefined = marked;
  return despiteConflicts({ functionArn, purpose: "publish it", deadline }, async () => {
    const current = latest ?? (await settledConfiguration(functionArn, deadline));
    latest = undefined;
    if (!isSameConfiguration(current.configuration, prepared)) {
      throw new ChangedDuringRunError(functionArn, "its settings while a version was being published");
    }
    await requireLock({ functionArn, runId });
    const published = await publishLatest(functionArn, current, description);
    if (!("done" in published)) return published;
    const { Version: version, Description: given } = published.done;
    if (version !== undefined && given === description) {
      return { done: { version: { memorySizeMb: wanted.memorySizeMb, version }, latest: prepared } };
    }
    throw new ChangedDuringRunError(functionArn, `publishing gave version ${version}, which this run did not create`);
  });
};
