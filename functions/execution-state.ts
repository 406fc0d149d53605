import { z } from "zod";
import { restorationSchema } from "../core/report/schema.ts";
import { sizeMeasurementSchema } from "../core/run/measurement.ts";
import { runStateSchema } from "../core/run/run-state.ts";
import { jobSchema } from "../core/sampling/decision.ts";
import { provisionedSchema } from "./provisioning/provisioned.ts";

/** Epoch seconds as DynamoDB writes numbers: in text. */
const epochSeconds = z.string().regex(/^\d{10}$/);

/** When the lock was taken, until when it holds, and when DynamoDB may delete its record. */
export const lockTimesSchema = z.strictObject({
  acquiredAt: epochSeconds,
  expiresAt: epochSeconds,
  forgetAt: epochSeconds,
});
export type LockTimes = z.output<typeof lockTimesSchema>;

/** A job as it is handed to Measure. */
export const dispatchedJobSchema = jobSchema.extend({
  /** Where in the sequence of payloads the job's first warm invocation stands: rounds go on where the last one ended. */
  firstPayload: z.int().min(0),
});
export type DispatchedJob = z.output<typeof dispatchedJobSchema>;

/** What one size may spend in this round, and when all of them must be done. */
export const sizeLimitsSchema = z.strictObject({
  usd: z.number().optional(),
  /** Milliseconds since 1970. */
  untilMs: z.int().optional(),
});

/** What the run itself has cost so far, beside the invocations of the target. */
export const overheadSchema = z.strictObject({ transitions: z.int(), tunerGbSeconds: z.number() });
export type Overhead = z.output<typeof overheadSchema>;

const failureSchema = z.object({ Error: z.string(), Cause: z.string() });

/**
 * The document between the states of the machine: the run's state, what the machine itself reads from it, and the
 * results of the states since Analyze. What the machine notes for itself, such as a lock that it met, is dropped.
 */
export const executionStateSchema = runStateSchema.strip().extend({
  jobs: z.array(dispatchedJobSchema),
  /** Of the execution itself: its history says how often its states were retried. */
  executionArn: z.string().optional(),
  lock: lockTimesSchema,
  /** Sizes that Measure works on at once. */
  sizesAtOnce: z.int().min(1).max(40),
  limits: sizeLimitsSchema,
  overhead: overheadSchema,
  /** Of the embedded engine. */
  cpuBackend: z.string().optional(),
  /** Of the embedded engine: larger sizes have this size's CPU share, in MB. */
  cappedAtMb: z.int().optional(),
  provisioned: provisionedSchema.optional(),
  /** Of this round, one a job; of a measuring function that failed, the measurement alone. */
  measured: z
    .array(
      z.looseObject({
        measurement: sizeMeasurementSchema,
        calls: z.int().optional(),
        tunerGbSeconds: z.number().optional(),
      }),
    )
    .optional(),
  restoration: restorationSchema.optional(),
  /** Parsed by Recommend: what is wrong with it must not cost the report. */
  observation: z.unknown().optional(),
  observationFailure: failureSchema.optional(),
});
export type ExecutionState = z.output<typeof executionStateSchema>;
