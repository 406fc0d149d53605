import type { RunVersion, UnavailableSize } from "../../core/run/run-state.ts";
import { settledVersion } from "../aws/settled-configuration.ts";

/** Versions watched at once: the management API allows 15 requests a second, shared by the whole account. */
const watchedAtOnce = 4;
/** A version that is still not active after so many calls of Provision, each some 14 minutes, will not become so. */
const mostCalls = 3;

/**
 * Waits until every version can be invoked.
 *
 * @returns Whether all have an answer, and the sizes whose version Lambda could not make ready.
 */
export const awaitActive = async (
  functionArn: string,
  versions: readonly RunVersion[],
  deadline: number,
  calls: number,
): Promise<{ finished: boolean; failed: UnavailableSize[] }> => {
  const failed: UnavailableSize[] = [];
  let finished = true;
  const queue = [...versions];
  const watch = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const answer = await settledVersion(functionArn, next.version, deadline);
      const reason = refusal(answer?.raw, calls);
      if (reason !== undefined) failed.push({ memorySizeMb: next.memorySizeMb, reason });
      else if (answer === undefined) finished = false;
    }
  };
  await Promise.all(Array.from({ length: watchedAtOnce }, watch));
  return { finished, failed };
};

const refusal = (
  raw: { readonly State?: string | undefined; readonly StateReason?: string | undefined } | undefined,
  calls: number,
): string | undefined => {
  if (raw?.State === "Failed") return `its version could not be made ready: ${raw.StateReason ?? "no reason given"}`;
  if (raw === undefined && calls >= mostCalls) return "its version did not become active in time";
  return undefined;
};
