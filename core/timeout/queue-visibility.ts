import type { CallerCeiling, FeedingQueue } from "../production/production-metrics.ts";
import { formatTimeout } from "../report/format-duration.ts";
import type { TimeoutRecommendation } from "../report/schema.ts";

/** How many times the function's timeout a queue should hide a message, by AWS's advice: batches are tried again. */
const visibilityFactor = 6;

/** A queue as the report tells of it. */
export type QueueAdvice = NonNullable<TimeoutRecommendation["queues"]>[number];

/**
 * What the queues that feed a function should be set to for its timeout.
 *
 * @param queues - With the visibility timeouts that could be read.
 * @param timeoutSeconds - What is recommended, or would be if the queues hid messages long enough.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html}
 */
export const queueAdvice = (queues: readonly FeedingQueue[], timeoutSeconds: number): QueueAdvice[] =>
  queues.map((queue) => ({ ...queue, neededSeconds: visibilityFactor * timeoutSeconds }));

const isTooShort = ({ visibilitySeconds, neededSeconds }: QueueAdvice): boolean =>
  visibilitySeconds !== undefined && visibilitySeconds < neededSeconds;

/**
 * What each queue bounds the timeout to: a message that is worked on for longer comes again meanwhile, and Lambda takes no
 * mapping from a queue that hides it for less than the function's timeout.
 */
export const queueCeilings = (queues: readonly FeedingQueue[]): CallerCeiling[] =>
  queues.flatMap(({ name, visibilitySeconds: seconds }) =>
    seconds === undefined || seconds <= 0 ? [] : [{ caller: callerName(name), ceilingMs: seconds * 1000 }],
  );

/** Whether a ceiling is a queue's. */
export const isQueue = ({ caller }: CallerCeiling): boolean => caller.startsWith(callerName(""));

const callerName = (queue: string): string => `SQS queue ${queue}`;

/** The one sentence about a queue. */
export const queueSentence = (queue: QueueAdvice): string => {
  const { name, visibilitySeconds: seconds, neededSeconds } = queue;
  const needed = `${formatTimeout(neededSeconds)}, six times the function's timeout`;
  if (seconds === undefined) return `The visibility timeout of ${name} should be at least ${needed}.`;
  const hides = `The queue ${name} hides a message for ${formatTimeout(seconds)}`;
  return isTooShort(queue)
    ? `${hides}: raise its visibility timeout to ${needed}, or messages come again while they are worked on.`
    : `${hides}, at least ${needed}.`;
};
