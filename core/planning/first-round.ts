import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import type { Job, SamplingContext } from "../sampling/decision.ts";
import { nextRound } from "../sampling/next-round.ts";

/**
 * The sizes that a run measures first, and how often.
 *
 * A spend limit makes it no smaller: a run whose limit cannot hold it is refused, and Measure holds the limit.
 *
 * @throws {@link InvalidRequestError} when no size of the request can be measured on the target.
 */
export const firstRound = (context: SamplingContext): readonly Job[] => {
  const { maxUsd: _held, ...budget } = context.budget;
  const decision = nextRound({ ...context, budget }, [], 0);
  if (decision.kind === "measure") return decision.jobs;
  throw new InvalidRequestError([
    "memory: no size of the request can be measured on this function; widen sizesMb, or minMb and maxMb.",
  ]);
};
