import type { SamplingContext } from "../sampling/decision.ts";
import type { Comparison } from "./compare-with-current.ts";
import type { RegretBound } from "./regret-bound.ts";

/** What the samples say of the recommended size against the others of the plan. */
export interface Evidence extends Partial<Pick<Comparison, "savingPercent">> {
  /** By the fitted curve. */
  readonly regretBoundPercent: RegretBound;
  /** By the plain means alone. */
  readonly meansBoundPercent: number;
}

/** A bound settles the choice when it is at most this, or so many times the request's tolerance. */
const settled = { percent: 10, tolerances: 5 } as const;
/** The interval of the saving may reach so many times as far: it is surer than the bounds. */
const intervalFactor = 2;

/**
 * How much worse than another size of its plan the recommended one may be, after a run that measured the plan whatever it
 * showed.
 *
 * The choice is settled by the fitted curve, when neither the bound on the regret nor, for the objective `cost`, the dear
 * end of the saving's interval reaches too far; or else by the plain means alone, which need no curve when calls hardly
 * differ.
 *
 * @returns Percent of the objective by the fitted curve, or `undefined` when the choice is settled.
 *
 * @example
 * ```ts
 * const asked = { objective: { kind: "cost" }, sampling: { tolerance: 0.02 } } as const;
 * const regretBoundPercent = { confidence: 0.9, value: 12 };
 * unsettledPercent(asked, { regretBoundPercent, meansBoundPercent: 30 }); // => 12
 * unsettledPercent(asked, { regretBoundPercent, meansBoundPercent: 3 }); // => undefined
 * ```
 */
export const unsettledPercent = (
  { objective, sampling }: Pick<SamplingContext, "objective"> & { readonly sampling: { readonly tolerance: number } },
  { regretBoundPercent, savingPercent, meansBoundPercent }: Evidence,
): number | undefined => {
  const limit = Math.max(settled.percent, 100 * settled.tolerances * sampling.tolerance);
  const regret = regretBoundPercent.value;
  const dearer = objective.kind === "cost" ? -(savingPercent?.interval.lower ?? 0) : 0;
  const isSettled = (regret <= limit && dearer <= intervalFactor * limit) || meansBoundPercent <= limit;
  return isSettled ? undefined : Math.max(regret, dearer);
};
