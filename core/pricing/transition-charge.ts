import { type Usd, usd } from "../units.ts";
import type { BookedPrices } from "./price-book.ts";

/**
 * Charge of an execution's state transitions in a Step Functions Standard workflow, the free tier left out.
 *
 * @param transitions - Whole number, 0 or more: see `countTransitions`.
 * @returns US dollars, unrounded.
 * @throws RangeError for another number.
 * @see {@link https://aws.amazon.com/step-functions/pricing/}
 *
 * @example
 * ```ts
 * transitionCharge(4, { usdPerStateTransition: 0.25 }); // => 1
 * ```
 */
export const transitionCharge = (transitions: number, prices: Pick<BookedPrices, "usdPerStateTransition">): Usd => {
  if (!Number.isInteger(transitions) || transitions < 0) {
    throw new RangeError(`Expected a whole number of transitions, got ${transitions}.`);
  }
  return usd(transitions * prices.usdPerStateTransition);
};

/**
 * Counts the state transitions that an execution is charged for, from the event types of its own history.
 *
 * AWS counts one each time a state is executed, and one for each retry. Iterations of an inline Map are free, the states
 * inside of them are not.
 *
 * @param eventTypes - The `type` of every event of `GetExecutionHistory`.
 *
 * @example
 * ```ts
 * countTransitions(["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]); // => 1
 * countTransitions(["TaskStateEntered", "TaskScheduled", "TaskFailed", "TaskScheduled", "TaskSucceeded"]); // => 2
 * ```
 */
export const countTransitions = (eventTypes: readonly string[]): number => {
  const entered = eventTypes.filter((type) => type.endsWith("StateEntered")).length;
  const tasks = eventTypes.filter((type) => type === "TaskStateEntered").length;
  const attempts = eventTypes.filter((type) => attemptTypes.has(type)).length;
  return entered + Math.max(0, attempts - tasks);
};

/** Events that begin an attempt of a Task state, by the kind of its resource. */
const attemptTypes: ReadonlySet<string> = new Set(["TaskScheduled", "LambdaFunctionScheduled", "ActivityScheduled"]);
