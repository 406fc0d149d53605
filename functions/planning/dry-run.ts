import type { DryRun } from "../../core/planning/dry-run.ts";
import { type EstimateInput, estimateSpend } from "../../core/planning/estimate-spend.ts";
import type { TuningRequest } from "../../core/request/schema.ts";
import type { RunIdentity } from "../../core/run/run-state.ts";
import type { Target } from "../../core/run/target.ts";
import type { Warning } from "../../core/warning.ts";
import type { HandlerContext } from "../handler-context.ts";
import { tryTarget } from "./try-target.ts";

/** Invokes the target once and says what a run would do and cost. */
export const dryRun = async (
  run: RunIdentity,
  request: TuningRequest,
  target: Target,
  estimateInput: EstimateInput,
  warnings: readonly Warning[],
  context: HandlerContext,
): Promise<DryRun> => {
  const invocation = await tryTarget(target, request, context);
  const { durationMs } = invocation;
  const known = durationMs === undefined ? {} : { known: { durationMs, memorySizeMb: target.original.memorySizeMb } };
  const snapshots = new Set(estimateInput.jobs.map(({ memorySizeMb }) => memorySizeMb)).size;
  return {
    dryRun: true,
    run,
    target,
    jobs: estimateInput.jobs.map(({ memorySizeMb, warm, cold, lanes }) => ({ memorySizeMb, warm, cold, lanes })),
    estimate: estimateSpend({ ...estimateInput, ...known }),
    invocation,
    warnings: [
      ...warnings,
      ...(target.snapStart ? [{ kind: "snapstart-cache-charged" as const, versions: snapshots }] : []),
    ],
  };
};
