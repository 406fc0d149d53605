import { z } from "zod";
import { requestSchema } from "../../core/request/schema.ts";
import { sizeMeasurementSchema } from "../../core/run/measurement.ts";
import { runIdentitySchema, runVersionSchema } from "../../core/run/run-state.ts";
import { targetSchema } from "../../core/run/target.ts";
import { dispatchedJobSchema, sizeLimitsSchema } from "../execution-state.ts";

/** What one call of Measure returns: all that this round has shown of the size, and what is left to do. */
export const measureProgressSchema = z.strictObject({
  measurement: sizeMeasurementSchema,
  /** The rest of the job, when our own deadline came first; the state machine then calls Measure again. */
  remaining: dispatchedJobSchema.optional(),
  /** Versions whose cold starts are used up, beside the one that all rounds use. */
  usedVersions: z.int().min(0),
  calls: z.int(),
  /** Compute of Measure itself, in GB-seconds. */
  tunerGbSeconds: z.number(),
});
export type MeasureProgress = z.output<typeof measureProgressSchema>;

/** What the Map hands to one iteration. */
export const measureInputSchema = z.strictObject({
  job: dispatchedJobSchema,
  run: runIdentitySchema,
  target: targetSchema,
  request: requestSchema,
  round: z.int().min(1),
  limits: sizeLimitsSchema,
  versions: z.array(runVersionSchema),
  progress: measureProgressSchema.optional(),
});
export type MeasureInput = z.output<typeof measureInputSchema>;
