import { setTimeout as sleep } from "node:timers/promises";
import { UntunableTargetError } from "../../core/errors/untunable-target-error.ts";
import { type FoundFunction, readConfiguration } from "./read-configuration.ts";

const firstPauseMs = 100;
const longestPauseMs = 3000;
const pauseGrowth = 1.6;

/**
 * Reads `$LATEST` once no update of it is under way.
 *
 * @param deadline - Epoch milliseconds at which waiting ends.
 * @throws {@link UntunableTargetError} when an update is still under way at the deadline.
 */
export const settledConfiguration = async (functionArn: string, deadline: number): Promise<FoundFunction> => {
  const settled = await pollConfiguration(
    functionArn,
    undefined,
    ({ raw }) => raw.LastUpdateStatus !== "InProgress" && raw.State !== "Pending",
    deadline,
  );
  if (settled !== undefined) return settled;
  throw new UntunableTargetError(
    functionArn,
    "an update of it did not finish in time. Wait until its LastUpdateStatus is Successful, then start again.",
  );
};

/**
 * Reads a version once it is no longer being made ready.
 *
 * @returns The version, `Active` or not, or nothing when the deadline came first.
 */
export const settledVersion = (
  functionArn: string,
  version: string,
  deadline: number,
): Promise<FoundFunction | undefined> =>
  pollConfiguration(functionArn, version, ({ raw }) => raw.State !== "Pending", deadline);

/**
 * Reads a configuration again and again until it is as wanted.
 *
 * @returns The configuration, or nothing when the deadline came first.
 */
const pollConfiguration = async (
  functionArn: string,
  qualifier: string | undefined,
  isWanted: (found: FoundFunction) => boolean,
  deadline: number,
): Promise<FoundFunction | undefined> => {
  let pauseMs = firstPauseMs;
  for (;;) {
    const found = await readConfiguration(functionArn, qualifier);
    if (isWanted(found)) return found;
    if (Date.now() + pauseMs > deadline) return undefined;
    await sleep(pauseMs);
    pauseMs = Math.min(longestPauseMs, pauseMs * pauseGrowth);
  }
};
