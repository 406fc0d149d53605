import { z } from "zod";
import { requestSchema } from "../../core/request/schema.ts";
import { sizeMeasurementSchema } from "../../core/run/measurement.ts";
import { runIdentitySchema, runVersionSchema } from "../../core/run/run-state.ts";
import { targetSchema } from "../../core/run/target.ts";

/** What Observe reads of the state. */
export const observeInputSchema = z.object({
  run: runIdentitySchema,
  request: requestSchema,
  target: targetSchema,
  /** Published by the run: what it finds invoked before belongs to lower numbers. */
  versions: z.array(runVersionSchema).default([]),
  measurements: z.array(sizeMeasurementSchema).default([]),
});
export type ObserveInput = z.output<typeof observeInputSchema>;
