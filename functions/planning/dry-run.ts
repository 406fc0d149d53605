import type { DryRun } from "../../core/planning/dry-run.ts";
import { type EstimateInput, estimateSpend } from "../../core/planning/estimate-spend.ts";
import type { TuningRequest } from "../../core/request/schema.ts";
import type { RunIdentity } from "../../core/run/run-state.ts";
import type { Target } from "../../core/run/target.ts";
import type { Warning } from "../../core/warning.ts";
import type { HandlerContext } from "../handler-context.ts";
import { durationWarnings } from "./duration-warnings.ts";
import { snapStartWarnings } from "./snapstart-warning.ts";
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
  const estimate = estimateSpend({ ...estimateInput, ...basisOf(estimateInput, target, invocation) });
  const snapshots = new Set(estimateInput.jobs.map(({ memorySizeMb }) => memorySizeMb)).size;
  return {
    dryRun: true,
    run,
    target,
    jobs: estimateInput.jobs.map(({ memorySizeMb, warm, cold, lanes }) => ({ memorySizeMb, warm, cold, lanes })),
    estimate,
    invocation,
    warnings: [...warnings, ...durationWarnings(run, estimate), ...snapStartWarnings(target, snapshots)],
  };
};

/** Production knows better than one invocation, which may be a cold start; one invocation knows better than nobody. */
const basisOf = (
  { basis }: EstimateInput,
  target: Target,
  { durationMs }: DryRun["invocation"],
): Pick<EstimateInput, "basis"> => {
  if (basis?.kind === "production" || durationMs === undefined) return {};
  const { memorySizeMb } = target.original;
  const reason = basis?.reason;
  return {
    basis: { kind: "invocation", durationMs, memorySizeMb, ...(reason === undefined ? {} : { reason }) },
  };
};
