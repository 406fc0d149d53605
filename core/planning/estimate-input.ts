import { BudgetExceededError } from "../errors/budget-exceeded-error.ts";
import { priceOf } from "../pricing/price-book.ts";
import type { TuningRequest } from "../request/schema.ts";
import type { Target } from "../run/target.ts";
import type { Job } from "../sampling/decision.ts";
import { type EstimateInput, leastSpendUsd } from "./estimate-spend.ts";

/**
 * What the estimate of a run is made from.
 *
 * @param jobs - The first round.
 * @param sizesAtOnce - Sizes measured at once.
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
