import { samplingSeconds } from "../../core/planning/run-time.ts";
import { dispatch } from "../../core/planning/dispatch.ts";
import { decodeSamples } from "../../core/invocation/sample-codec.ts";
import { samplingContextOf } from "../../core/run/sampling-context.ts";
import type { RunState } from "../../core/run/run-state.ts";
import type { Job } from "../../core/sampling/decision.ts";
import { observeSizes } from "../../core/sampling/observe-sizes.ts";
import { spendSoFar } from "../../core/sampling/spend.ts";
import type { ExecutionState } from "../execution-state.ts";

/**
 * Prepares a round for the state machine: lanes that fit, where each size goes on in the sequence of payloads, and what
 * each may spend, and until when.
 *
 * Cold starts are forced once a size: later rounds use the same versions, whose environments are warm by then.
 */
export const dispatchRound = (
  state: Pick<ExecutionState, "request" | "target" | "measurements" | "lock">,
  jobs: readonly Job[],
): Pick<ExecutionState, "jobs" | "sizesAtOnce" | "limits"> => {
  const { request, target, measurements, lock } = state;
  const dispatched = dispatch(jobs, request.sampling.concurrency);
  return {
    jobs: dispatched.jobs.map((job) => {
      const known = measurements.find(({ memorySizeMb }) => memorySizeMb === job.memorySizeMb);
      const warmSoFar = decodeSamples(known?.samples ?? "").filter(({ cold }) => !cold).length;
      return { ...job, cold: known === undefined ? job.cold : 0, firstPayload: warmSoFar };
    }),
    sizesAtOnce: dispatched.sizesAtOnce,
    limits: {
      ...limitsOf(request.budget.maxUsd, spentUsd({ request, target, measurements }), jobs.length),
      untilMs: (Number(lock.acquiredAt) + samplingSeconds) * 1000,
    },
  };
};

const spentUsd = (state: Pick<RunState, "request" | "target" | "measurements">): number =>
  spendSoFar(observeSizes(state.measurements), samplingContextOf(state)).chargeUsd;

/** Each size may spend its share of what is left of the budget. */
const limitsOf = (maxUsd: number | undefined, usedUsd: number, sizes: number): ExecutionState["limits"] =>
  maxUsd === undefined ? {} : { usd: Math.max(0, maxUsd - usedUsd) / Math.max(1, sizes) };
