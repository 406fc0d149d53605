import type { Sample } from "../invocation/sample.ts";
import type { CallerCeiling, FeedingQueue, ProductionMetrics } from "../production/production-metrics.ts";
import type { TuningRequest } from "../request/schema.ts";

/** Everything a timeout is derived from. Plain data: the same values give the same recommendation. */
export interface TimeoutInput {
  /** Policy, percentile and margin that the user asked for. */
  readonly policy: TuningRequest["timeout"];
  /** Of every bound, from 0.5 to below 1. */
  readonly confidence: number;
  /** The target's timeout before the run, in seconds. */
  readonly currentSeconds: number;
  /** The target's memory before the run, in MB: what production ran with. */
  readonly currentMb: number;
  /** The memory that is being recommended, in MB. */
  readonly recommendedMb: number;
  /** Invocations measured at the recommended size, warm and cold, failed ones among them. */
  readonly samplesAtRecommended: readonly Sample[];
  /** Invocations measured at the current size; empty when it was not measured. */
  readonly samplesAtCurrent: readonly Sample[];
  /** Invocations of the run that ended at the timeout, at sizes where too little memory does not explain it. */
  readonly timeoutsInRun?: number;
  /** Duration at the recommended size over that at the current size, when a model knows it better than the samples. */
  readonly slowdown?: Slowdown;
  readonly production?: ProductionMetrics;
  /** Callers that give up by themselves: as Observe found them, and as the request gives them. */
  readonly ceilings: readonly CallerCeiling[];
  /** SQS queues that feed the function. */
  readonly queues?: readonly FeedingQueue[];
  /** Price of compute and of a request at the user's tier: for the charge of an invocation that never returns. */
  readonly usdPerGbSecond: number;
  readonly usdPerRequest: number;
  /** Memory that costs as much as the target's ephemeral storage, in MB. */
  readonly storageAsMemoryMb: number;
}

/** How much longer an invocation takes at the recommended size: 1 is as long, 2 twice as long. */
export interface Slowdown {
  readonly expected: number;
  /** Upper bound, with the confidence of {@link TimeoutInput}. */
  readonly upper: number;
  /** Whether the upper bound allows for invocations of a kind that the samples do not show. */
  readonly unseenTail?: boolean;
}
