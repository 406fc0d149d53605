import { BudgetExceededError } from "../../core/errors/budget-exceeded-error.ts";
import { type EstimateInput, leastSpendUsd } from "../../core/planning/estimate-spend.ts";
import { priceOf } from "../../core/pricing/price-book.ts";
import type { TuningRequest } from "../../core/request/schema.ts";
import type { Target } from "../../core/run/target.ts";
import type { Job } from "../../core/sampling/decision.ts";

/**
 * What the estimate of a run is made from.
 *
 * @throws {@link BudgetExceededError} when the request's spend limit cannot hold even the first round's fees.
 */
export const estimateInputOf = (
  request: TuningRequest,
  target: Target,
  jobs: readonly Job[],
  sizesAtOnce: number,
): EstimateInput => {
  const input: EstimateInput = {
    jobs,
    sampling: request.sampling,
    budget: request.budget,
    timeoutSeconds: target.original.timeoutSeconds,
    prices: priceOf(target.region, target.architecture).prices,
    sizesAtOnce,
  };
  const needed = leastSpendUsd(input);
  const { maxUsd } = input.budget;
  if (maxUsd !== undefined && needed > maxUsd) throw new BudgetExceededError(maxUsd, needed);
  return input;
};
