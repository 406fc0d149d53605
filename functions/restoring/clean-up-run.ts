import { setTimeout as sleep } from "node:timers/promises";
import { RestoreFailedError } from "../../core/errors/restore-failed-error.ts";
import { TargetNotFoundError } from "../../core/errors/target-not-found-error.ts";
import { TunerError } from "../../core/errors/tuner-error.ts";
import type { Restoration } from "../../core/report/schema.ts";
import { latestMarker } from "../../core/run/run-marker.ts";
import { readTrialSizes } from "../aws/locks.ts";
import { isSameConfiguration } from "../aws/read-configuration.ts";
import { restoreLatest, restoringChange, type RunOnTarget } from "../aws/restore-latest.ts";
import { settledConfiguration } from "../aws/settled-configuration.ts";
import { atTrialSize, deleteVersion, type MarkedVersion, versionsOfRun } from "../aws/versions.ts";

/**
 * Takes everything that a run made off its target: what it set on `$LATEST`, and its versions, found by their
 * descriptions. Doing it again changes nothing more. Versions that somebody else published at a trial size are named,
 * and left: they may be in use.
 *
 * @param deadline - Epoch milliseconds at which waiting for Lambda ends.
 * @returns What was before, what is now, and what could not be removed.
 * @throws {@link RestoreFailedError} when a call failed in a way that trying again may mend.
 */
export const cleanUpRun = async (run: RunOnTarget, deadline: number): Promise<Restoration> => {
  const { functionArn, runId, original } = run;
  try {
    const { configuration: after } = await restoreLatest(run, () => readTrialSizes(run), deadline);
    const versions = await versionsOfRun(functionArn, runId);
    const inherited = atTrialSize(versions, original);
    const leftovers = [
      ...(latestMarker(after.description)?.runId === runId ? [`the description of $LATEST of ${functionArn}`] : []),
      ...(await deleteVersions(functionArn, versions.own)),
    ];
    return {
      before: original,
      after,
      equal: isSameConfiguration(original, after),
      leftovers,
      ...(inherited.length === 0 ? {} : { inheritedVersions: [...inherited] }),
    };
  } catch (error) {
    // Its owner removed the function, and the run's versions with it.
    if (error instanceof TargetNotFoundError) return { before: original, equal: false, leftovers: [] };
    throw failureOf(run, error);
  }
};

const failureOf = ({ functionArn, runId }: RunOnTarget, error: unknown): TunerError => {
  if (error instanceof TunerError && error.isRetryable) return error;
  return new RestoreFailedError(functionArn, runId, [error instanceof Error ? error.message : String(error)], {
    cause: error,
  });
};

/** Long enough for a call that was under way to take effect, in milliseconds. */
const quietMs = 2000;
const mostPasses = 5;

/**
 * Cleans up after a run that may still be at it.
 *
 * Stopping an execution does not stop a function that it has called. Taking the marks off `$LATEST` makes Provision fail
 * at its next conditional call, and deleting the versions does the same to Measure; what they were just doing is found by
 * looking again. A Provision that has yet to begin finds the lock released.
 */
export const cleanUpUntilQuiet = async (run: RunOnTarget, deadline: number): Promise<Restoration> => {
  for (let pass = 1; ; pass += 1) {
    const isFirst = pass === 1;
    const found = await isMarked(run, deadline);
    const restoration = await cleanUpRun(run, deadline);
    if ((!found && !isFirst) || restoration.leftovers.length > 0 || pass === mostPasses) return restoration;
    await sleep(quietMs);
  }
};

/**
 * Whether anything of a run is on its target.
 *
 * @throws {@link RestoreFailedError} when a call failed in a way that trying again may mend.
 */
export const isMarked = async (run: RunOnTarget, deadline: number): Promise<boolean> => {
  const { functionArn, runId } = run;
  try {
    const latest = await settledConfiguration(functionArn, deadline);
    if ((await restoringChange(latest, run, () => readTrialSizes(run))) !== undefined) return true;
    return (await versionsOfRun(functionArn, runId)).own.length > 0;
  } catch (error) {
    if (error instanceof TargetNotFoundError) return false;
    throw failureOf(run, error);
  }
};

const deleteVersions = async (functionArn: string, versions: readonly MarkedVersion[]): Promise<string[]> => {
  const leftovers: string[] = [];
  for (const version of versions) {
    const deletion = await deleteVersion(functionArn, version.version);
    if (deletion.kind === "held") leftovers.push(leftover(functionArn, version, deletion.reason));
  }
  return leftovers;
};

const leftover = (functionArn: string, { version }: MarkedVersion, reason: string): string =>
  `version ${version} (${reason.slice(0, longestReason)}); remove it with: aws lambda delete-function --function-name ${functionArn} --qualifier ${version}`;

const longestReason = 200;
