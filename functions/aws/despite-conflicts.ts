import { setTimeout as sleep } from "node:timers/promises";
import { ChangedDuringRunError } from "../../core/errors/changed-during-run-error.ts";
import { isApiError } from "./lambda-errors.ts";

/** Why Lambda refuses a conditional change: another update is under way, or the revision is an old one. */
export type Refusal = "under-way" | "outdated";

/** @returns What a failed change was refused for; nothing when it failed otherwise. */
export const refusalOf = (error: unknown): Refusal | undefined => {
  if (isApiError(error, "ResourceConflictException")) return "under-way";
  return isApiError(error, "PreconditionFailedException") ? "outdated" : undefined;
};

/** What became of one attempt. Without a refusal the change was taken, and another look tells its effect. */
export type Attempt<Result> = { readonly done: Result } | { readonly refused: Refusal | undefined };

/** What is attempted. */
export interface Purpose {
  readonly functionArn: string;
  /** As in "at every attempt to ...". */
  readonly purpose: string;
  /** Epoch milliseconds at which waiting for Lambda ends. */
  readonly deadline: number;
}

const firstPauseMs = 500;
const longestPauseMs = 5000;
/** Conflicts are met with another look; somebody who keeps changing the function is not fought for ever. */
const mostRefusals = 6;
const mostAttempts = 12;

/**
 * Attempts a conditional change of a function until it is done. Refusals are waited out, each for longer than the last.
 *
 * @param pause - Waits so many milliseconds.
 * @throws {@link ChangedDuringRunError} when it was refused at every attempt.
 */
export const despiteConflicts = async <Result>(
  { functionArn, purpose, deadline }: Purpose,
  attempt: () => Promise<Attempt<Result>>,
  pause: (ms: number) => Promise<unknown> = sleep,
): Promise<Result> => {
  const refusals: Refusal[] = [];
  let pauseMs = firstPauseMs;
  for (let attempts = 0; attempts < mostAttempts; attempts += 1) {
    const outcome = await attempt();
    if ("done" in outcome) return outcome.done;
    if (outcome.refused === undefined) continue;
    refusals.push(outcome.refused);
    if (refusals.length === mostRefusals || Date.now() + pauseMs > deadline) break;
    await pause(pauseMs);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
  const isUnderWay = refusals.length > 0 && refusals.every((refusal) => refusal === "under-way");
  throw new ChangedDuringRunError(
    functionArn,
    isUnderWay ? `at every attempt to ${purpose}` : `its revision changed at every attempt to ${purpose}`,
    { isUnderWay },
  );
};
