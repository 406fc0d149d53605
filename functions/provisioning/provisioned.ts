import { z } from "zod";
import { runVersionSchema, unavailableSizeSchema } from "../../core/run/run-state.ts";

/** What Provision returns: the versions of the run so far, and whether all that the round needs are ready. */
export const provisionedSchema = z.strictObject({
  versions: z.array(runVersionSchema),
  unavailable: z.array(unavailableSizeSchema),
  finished: z.boolean(),
  /** How often Provision was called for this round. */
  calls: z.int(),
  /** Compute of Provision itself in this round, in GB-seconds. */
  tunerGbSeconds: z.number(),
});
export type Provisioned = z.output<typeof provisionedSchema>;
