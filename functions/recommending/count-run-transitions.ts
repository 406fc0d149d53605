import { transitionsAfterRecommend, transitionsAfterTheRounds } from "../../core/planning/transitions.ts";
import { countTransitions } from "../../core/pricing/transition-charge.ts";
import type { Warning } from "../../core/warning.ts";
import { readFailure } from "../aws/cloudwatch-errors.ts";
import { readEventTypes } from "../aws/execution-history.ts";
import type { ExecutionState } from "../execution-state.ts";

/**
 * State transitions that the run is charged for: those that its own history shows until now, retries included, and those
 * that are still to come when nothing more has to be repeated.
 *
 * Where the history cannot be read, what a run without retries takes, and a warning: the report is worth more than this.
 */
export const countRunTransitions = async (
  { executionArn, overhead }: ExecutionState,
  applied: boolean,
  signal?: AbortSignal,
): Promise<{ readonly transitions: number; readonly warnings: readonly Warning[] }> => {
  const withoutRetries = overhead.transitions + transitionsAfterTheRounds(applied);
  if (executionArn === undefined) return { transitions: withoutRetries, warnings: [] };
  try {
    const counted = countTransitions(await readEventTypes(executionArn, signal)) + transitionsAfterRecommend(applied);
    // A history may lag behind by its last events.
    return { transitions: Math.max(counted, withoutRetries), warnings: [] };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = readFailure(error, "states:GetExecutionHistory");
    return { transitions: withoutRetries, warnings: [{ kind: "transitions-assumed", reason }] };
  }
};
