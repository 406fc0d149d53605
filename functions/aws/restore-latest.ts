import { ChangedDuringRunError } from "../../core/errors/changed-during-run-error.ts";
import { latestMarker } from "../../core/run/run-marker.ts";
import type { TargetConfiguration } from "../../core/run/target.ts";
import { type LatestChange, updateLatest } from "./change-latest.ts";
import type { FoundFunction } from "./read-configuration.ts";
import { settledConfiguration } from "./settled-configuration.ts";

const attempts = 6;

/**
 * Takes a run's own marks off `$LATEST`, and nothing else.
 *
 * Only a description that names this run is ours to replace, and the memory only while it is what that description
 * says: whatever somebody else set in between stays theirs.
 *
 * @param deadline - Epoch milliseconds at which waiting for Lambda ends.
 * @returns The settled configuration afterwards.
 * @throws {@link ChangedDuringRunError} when it kept changing under every attempt.
 */
export const restoreLatest = async (
  functionArn: string,
  runId: string,
  original: TargetConfiguration,
  deadline: number,
): Promise<FoundFunction> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const current = await settledConfiguration(functionArn, deadline);
    const change = restoringChange(current, runId, original);
    if (change === undefined) return current;
    await updateLatest(functionArn, change, current.revisionId);
  }
  throw new ChangedDuringRunError(functionArn, "its revision changed at every attempt to restore it");
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
