import { z } from "zod";
import { reportSchema } from "../../core/report/schema.ts";
import { requestSchema } from "../../core/request/schema.ts";
import { targetSchema } from "../../core/run/target.ts";

/** The document from Recommend to the end: the report, and what the states after it need. The samples are gone. */
export const recommendedSchema = z.strictObject({
  run: z.strictObject({ id: z.string() }),
  target: targetSchema,
  report: reportSchema,
  /** What the request asks to apply. */
  apply: requestSchema.shape.apply,
  applyWanted: z.boolean(),
  /** Whether nothing of the run is left on the target. */
  restored: z.boolean(),
  /** Key of the report in its bucket. */
  reportKey: z.string(),
  /** Detail of the event that tells of the run. */
  announcement: z.record(z.string(), z.json()),
  /** Merged into the report when it could not be stored. */
  ifNotStored: z.strictObject({ warnings: reportSchema.shape.warnings }),
  /** Why the execution fails after it has delivered the report. */
  failure: z.strictObject({ Error: z.string(), Cause: z.string() }).optional(),
});
export type Recommended = z.output<typeof recommendedSchema>;
