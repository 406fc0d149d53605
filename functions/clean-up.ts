import { RestoreFailedError } from "../core/errors/restore-failed-error.ts";
import type { Restoration } from "../core/report/schema.ts";
import { type Lock, readLocks, releaseLock } from "./aws/locks.ts";
import type { HandlerContext } from "./handler-context.ts";
import { cleanUpEventSchema } from "./restoring/clean-up-event.ts";
import { cleanUpRun, cleanUpUntilQuiet, isMarked } from "./restoring/clean-up-run.ts";

/** Time kept for the answer, in milliseconds. */
const reserveMs = 20_000;

/** What was cleaned up outside a run: each run whose lock was found, with what became of its target. */
export interface CleanedRuns {
  readonly cleaned: readonly {
    readonly runId: string;
    readonly functionArn: string;
    readonly restoration: Restoration;
    /** Whether anything of the run was on its target, and not its lock alone. */
    readonly changed: boolean;
  }[];
}

/**
 * CleanUp: takes everything that a run made off its target, and proves it.
 *
 * In a run it answers with the restoration, and the run decides what follows. Called outside of one (an execution was
 * stopped, or its lock expired) it works from the lock's record, and removes that once nothing is left.
 *
 * @throws {@link RestoreFailedError} when something is left that trying again may remove.
 */
export const handler = async (event: unknown, context: HandlerContext): Promise<Restoration | CleanedRuns> => {
  const wanted = cleanUpEventSchema.parse(event);
  const deadline = Date.now() + context.getRemainingTimeInMillis() - reserveMs;
  switch (wanted.kind) {
    case "run":
      return cleanUpRun(wanted, deadline);
    case "expired-lock":
      return cleanUpLocks([wanted.lock], cleanUpRun, deadline);
    case "ended-execution":
      return cleanUpLocks(
        await locksWith(({ executionArn }) => executionArn === wanted.executionArn),
        cleanUpUntilQuiet,
        deadline,
      );
    case "restore":
      return cleanUpLocks(await locksWith(({ runId }) => wanted.runId === runId), cleanUpRun, deadline);
    case "sweep": {
      const now = Math.floor(Date.now() / 1000);
      return cleanUpLocks(await locksWith(({ expiresAt }) => expiresAt < now), cleanUpRun, deadline);
    }
  }
};

const locksWith = async (isWanted: (lock: Lock) => boolean): Promise<Lock[]> => (await readLocks()).filter(isWanted);

const cleanUpLocks = async (
  locks: readonly Lock[],
  cleanUp: typeof cleanUpRun,
  deadline: number,
): Promise<CleanedRuns> => {
  const cleaned: CleanedRuns["cleaned"][number][] = [];
  const failures: unknown[] = [];
  for (const lock of locks) {
    try {
      cleaned.push({
        runId: lock.runId,
        functionArn: lock.functionArn,
        ...(await cleanUpLock(lock, cleanUp, deadline)),
      });
    } catch (error) {
      // One target that cannot be cleaned must not keep the others from it.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { cleaned };
};

const cleanUpLock = async (
  lock: Lock,
  cleanUp: typeof cleanUpRun,
  deadline: number,
): Promise<Pick<CleanedRuns["cleaned"][number], "restoration" | "changed">> => {
  const found = await isMarked(lock, deadline);
  const restoration = requireClean(lock, await cleanUp(lock, deadline));
  await releaseLock(lock);
  // A Provision that saw the lock just before may have published once more; from now on it does nothing.
  if (!(await isMarked(lock, deadline))) return { restoration, changed: found };
  return { restoration: requireClean(lock, await cleanUpRun(lock, deadline)), changed: true };
};

const requireClean = (lock: Lock, restoration: Restoration): Restoration => {
  if (restoration.leftovers.length === 0) return restoration;
  throw new RestoreFailedError(lock.functionArn, lock.runId, restoration.leftovers);
};
