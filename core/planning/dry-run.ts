import { z } from "zod";
import { estimateSchema, runIdentitySchema } from "../run/run-state.ts";
import { targetSchema } from "../run/target.ts";
import { jobSchema } from "../sampling/decision.ts";
import type { Warning } from "../warning.ts";

/** What a dry run gives instead of a report: what would be done, and whether the target answers. */
export const dryRunSchema = z.strictObject({
  dryRun: z.literal(true),
  run: runIdentitySchema,
  target: targetSchema,
  /** The first round. */
  jobs: z.array(jobSchema),
  estimate: estimateSchema,
  /** The one invocation that was made, of the target as it is. */
  invocation: z.strictObject({
    status: z.enum(["ok", "error", "timed-out", "out-of-memory", "unreadable", "throttled"]),
    durationMs: z.number().optional(),
    billedMs: z.int().optional(),
    initMs: z.number().optional(),
    maxMemoryUsedMb: z.int().optional(),
    /** The target's own error, at most 300 characters. */
    error: z.string().optional(),
  }),
  warnings: z.array(z.custom<Warning>((value) => typeof value === "object" && value !== null && "kind" in value)),
});
export type DryRun = z.output<typeof dryRunSchema>;
