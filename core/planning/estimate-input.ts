import { BudgetExceededError } from "../errors/budget-exceeded-error.ts";
import { priceOf } from "../pricing/price-book.ts";
import { snapStartPricesOf } from "../pricing/snapstart.ts";
import type { TuningRequest } from "../request/schema.ts";
import { samplingContextOf } from "../run/sampling-context.ts";
import type { Target } from "../run/target.ts";
import { countAllowedSizes } from "../sampling/allowed-sizes.ts";
import type { Job } from "../sampling/decision.ts";
import type { EstimateBasis } from "./estimate-basis.ts";
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
  basis?: EstimateBasis,
): EstimateInput => {
  const { prices } = priceOf(target.region, target.architecture);
  const context = samplingContextOf({ request, target });
  const snapStart = snapStartPricesOf(target, prices);
  const input: EstimateInput = {
    jobs,
    objective: request.objective,
    sampling: request.sampling,
    budget: request.budget,
    timeoutSeconds: target.original.timeoutSeconds,
    prices,
    storageAsMemoryMb: context.storageAsMemoryMb,
    sizesAtOnce,
    allowedSizes: countAllowedSizes(context),
    ...(basis === undefined ? {} : { basis }),
    ...(snapStart === undefined ? {} : { snapStart: snapStart.prices }),
  };
  const needed = leastSpendUsd(input);
  const { maxUsd } = input.budget;
  if (maxUsd !== undefined && needed > maxUsd) throw new BudgetExceededError(maxUsd, needed);
  return input;
};
