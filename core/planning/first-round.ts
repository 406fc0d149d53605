import { BudgetExceededError } from "../errors/budget-exceeded-error.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import type { Job, SamplingContext } from "../sampling/decision.ts";
import { nextRound } from "../sampling/next-round.ts";

/**
 * The sizes that a run measures first, and how often.
 *
 * @throws {@link BudgetExceededError} when not even the fees of a first round fit into the request's spend limit.
 * @throws {@link InvalidRequestError} when no size of the request can be measured on the target.
 */
export const firstRound = (context: SamplingContext): readonly Job[] => {
  const decision = nextRound(context, [], 0);
  if (decision.kind === "measure") return decision.jobs;
  const { maxUsd, ...budget } = context.budget;
  const unlimited = nextRound({ ...context, budget }, [], 0);
  if (maxUsd === undefined || unlimited.kind === "done") {
    throw new InvalidRequestError([
      "memory: no size of the request can be measured on this function; widen sizesMb, or minMb and maxMb.",
    ]);
  }
  const invocations = unlimited.jobs.reduce((sum, { warm, cold, lanes }) => sum + warm + cold + lanes, 0);
  throw new BudgetExceededError(maxUsd, invocations * context.usdPerRequest);
};
