import { latestMarker } from "../../core/run/run-marker.ts";
import type { TargetConfiguration } from "../../core/run/target.ts";
import { type LatestChange, updateLatest } from "./change-latest.ts";
import { despiteConflicts } from "./despite-conflicts.ts";
import type { FoundFunction } from "./read-configuration.ts";
import { settledConfiguration } from "./settled-configuration.ts";

/**
 * Takes a run's own marks off `$LATEST`, and nothing else.
 *
 * Only a description that names this run is ours to replace, and the memory only while it is what that description
 * says: whatever somebody else set in between stays theirs.
 *
 * @param deadline - Epoch milliseconds at which waiting for Lambda ends.
 * @returns The settled configuration afterwards.
 * @throws ChangedDuringRunError when it kept changing under every attempt.
 */
export const restoreLatest = async (
  functionArn: string,
  runId: string,
  original: TargetConfiguration,
  deadline: number,
): Promise<FoundFunction> => {
  return despiteConflicts({ functionArn, purpose: "restore it", deadline }, async () => {
    const current = await settledConfiguration(functionArn, deadline);
    const change = restoringChange(current, runId, original);
    if (change === undefined) return { done: current };
    return { refused: await updateLatest(functionArn, change, current.revisionId) };
  });
};

const restoringChange = (
  { configuration }: FoundFunction,
  runId: string,
  original: TargetConfiguration,
): LatestChange | undefined => {
  const marker = latestMarker(configuration.description);
  if (marker?.runId !== runId) return undefined;
  return {
    description: original.description,
    ...(configuration.memorySizeMb === marker.memorySizeMb ? { memorySizeMb: original.memorySizeMb } : {}),
  };
};
