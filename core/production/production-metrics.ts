import { z } from "zod";
import { warningSchema } from "../run/warning-schema.ts";

const count = z.number().min(0);
const milliseconds = z.number().min(0);

/** One upper quantile of production's duration, named by how many invocations took longer or as long. */
const tailQuantileSchema = z.strictObject({
  /** Rank from the top: 1 is the slowest invocation, 2 the second slowest. */
  rank: z.number().min(1),
  durationMs: milliseconds,
});

const productionDurationSchema = z.strictObject({
  /** Invocations behind the percentiles, failed and timed-out ones among them. */
  sampleCount: z.int().min(1),
  meanMs: milliseconds.optional(),
  maxMs: milliseconds,
  p50Ms: milliseconds.optional(),
  p90Ms: milliseconds.optional(),
  p95Ms: milliseconds.optional(),
  p99Ms: milliseconds.optional(),
  p999Ms: milliseconds.optional(),
  /** The slowest invocations by rank, ascending; what the bounded-risk rule rests on. Empty when it could not be read. */
  tail: z.array(tailQuantileSchema),
});

const productionMetricsSchema = z.strictObject({
  lookbackDays: z.int().min(1),
  /** Which metrics these are: `function`, `$LATEST`, or `alias NAME`. */
  resource: z.string(),
  invocations: count,
  errors: count,
  throttles: count,
  duration: productionDurationSchema.optional(),
  /** Invocations that ran into the target's timeout. Absent when it could not be told. */
  timeouts: count.optional(),
  maxConcurrentExecutions: count.optional(),
  p99ConcurrentExecutions: count.optional(),
  provisionedConcurrencySpillover: count.optional(),
  maxIteratorAgeMs: count.optional(),
  /** Cold starts that Lambda Insights recorded; absent for functions without it. */
  coldStarts: count.optional(),
});

/** A caller that gives up after a time of its own, whatever the function's timeout says. */
const callerCeilingSchema = z.strictObject({ caller: z.string(), ceilingMs: z.number().positive() });

/** An SQS queue that feeds the function: it should hide a message for at least six times the function's timeout. */
const feedingQueueSchema = z.strictObject({
  name: z.string(),
  /** How long it does; absent where it could not be read. */
  visibilitySeconds: z.number().min(0).optional(),
});

const traceEvidenceSchema = z.strictObject({
  /** Traces that were read. */
  traces: z.int().min(1),
  /** Mean share of the handler's time that passed inside calls to other services, from 0 to 1. */
  downstreamShare: z.number().min(0).max(1),
  /** The services called, the one with most time first. */
  services: z.array(z.strictObject({ name: z.string(), share: z.number().min(0).max(1) })),
});

/** What the state Observe returns: production's own evidence, as far as it could be read. Absent is not zero. */
export const observationSchema = z.strictObject({
  metrics: productionMetricsSchema.optional(),
  ceilings: z.array(callerCeilingSchema),
  queues: z.array(feedingQueueSchema).default([]),
  traces: traceEvidenceSchema.optional(),
  warnings: z.array(warningSchema),
});

export type Observation = z.output<typeof observationSchema>;
export type ProductionMetrics = z.output<typeof productionMetricsSchema>;
export type ProductionDuration = z.output<typeof productionDurationSchema>;
export type TailQuantile = z.output<typeof tailQuantileSchema>;
export type CallerCeiling = z.output<typeof callerCeilingSchema>;
export type FeedingQueue = z.output<typeof feedingQueueSchema>;
export type TraceEvidence = z.output<typeof traceEvidenceSchema>;
