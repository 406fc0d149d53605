import { latestMarker } from "../../core/run/run-marker.ts";
import type { TargetConfiguration } from "../../core/run/target.ts";
import { type LatestChange, updateLatest } from "./change-latest.ts";
import { despiteConflicts } from "./despite-conflicts.ts";
import type { FoundFunction } from "./read-configuration.ts";
import { settledConfiguration } from "./settled-configuration.ts";

/** The run whose doing is taken back, and what its target looked like before. */
export interface RunOnTarget {
  readonly functionArn: string;
  readonly runId: string;
  readonly original: TargetConfiguration;
}

/** The sizes that `$LATEST` may have by the run's own doing, in MB. Looked up only where its mark does not tell. */
export type TrialSizes = () => readonly number[] | Promise<readonly number[]>;

/**
 * Takes what a run has set off `$LATEST`, and nothing else.
 *
 * @param deadline - Epoch milliseconds at which waiting for Lambda ends.
 * @returns The settled configuration afterwards.
 * @throws ChangedDuringRunError when it kept changing under every attempt.
 */
export const restoreLatest = async (
  run: RunOnTarget,
  trialSizes: TrialSizes,
  deadline: number,
): Promise<FoundFunction> => {
  const { functionArn } = run;
  return despiteConflicts({ functionArn, purpose: "restore it", deadline }, async () => {
    const current = await settledConfiguration(functionArn, deadline);
    const change = await restoringChange(current, run, trialSizes);
    if (change === undefined) return { done: current };
    return { refused: await updateLatest(functionArn, change, current.revisionId) };
  });
};

/**
 * What has to change for nothing of a run to be on `$LATEST`.
 *
 * Only a description that names this run is ours to replace, and the memory only while it is the size that the run was
 * setting, by that description or, where somebody wrote over it, by the run's own record. Whatever else somebody set in
 * between stays theirs.
 *
 * @returns `undefined` when nothing of the run is there.
 */
export const restoringChange = async (
  { configuration: { description, memorySizeMb } }: FoundFunction,
  { runId, original }: RunOnTarget,
  trialSizes: TrialSizes,
): Promise<LatestChange | undefined> => {
  const marker = latestMarker(description);
  if (marker?.runId === runId) {
    const isTrial = memorySizeMb === marker.memorySizeMb;
    return { description: original.description, ...(isTrial ? { memorySizeMb: original.memorySizeMb } : {}) };
  }
  // Another run's mark says that the size is its own.
  if (marker !== undefined || memorySizeMb === original.memorySizeMb) return undefined;
  return (await trialSizes()).includes(memorySizeMb) ? { memorySizeMb: original.memorySizeMb } : undefined;
};
