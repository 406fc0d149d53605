import { z } from "zod";
import { estimateBasisSchema } from "../planning/estimate-basis.ts";
import { requestSchema } from "../request/schema.ts";
import { jobSchema, stopReasonSchema } from "../sampling/decision.ts";
import { sizeMeasurementSchema } from "./measurement.ts";
import { targetSchema } from "./target.ts";
import { warningSchema } from "./warning-schema.ts";

/** A version that the run published, and for which size. */
export const runVersionSchema = z.strictObject({ memorySizeMb: z.int(), version: z.string() });
export type RunVersion = z.output<typeof runVersionSchema>;

/** A size that could not be provisioned, and why: a finding. */
export const unavailableSizeSchema = z.strictObject({ memorySizeMb: z.int(), reason: z.string() });
export type UnavailableSize = z.output<typeof unavailableSizeSchema>;

export const runIdentitySchema = z.strictObject({
  /** The execution's name: unique per state machine for 90 days. */
  id: z.string(),
  engine: z.enum(["aws", "local", "simulated"]),
  startedAt: z.iso.datetime(),
});
export type RunIdentity = z.output<typeof runIdentitySchema>;

/** Money expected before anything ran, in USD: compute, requests, tuner functions and state transitions together. */
export const estimateSchema = z.strictObject({
  invocations: z.int(),
  expectedUsd: z.number(),
  worstCaseUsd: z.number(),
  expectedSeconds: z.number(),
  worstCaseSeconds: z.number(),
  /** Of the expected amount: whether the target computes or waits decides how duration changes with memory. */
  expectedRangeUsd: z.strictObject({ lower: z.number(), upper: z.number() }).optional(),
  basis: estimateBasisSchema.optional(),
});
export type Estimate = z.output<typeof estimateSchema>;

/** The document that travels through the state machine, from Plan to Recommend. Kept under 256 KiB. */
export const runStateSchema = z.strictObject({
  run: runIdentitySchema,
  /** The parsed request: parsing it again is a no-op. */
  request: requestSchema,
  target: targetSchema,
  estimate: estimateSchema,
  /** Warnings so far, in the form of `core/warning.ts`. */
  warnings: z.array(warningSchema),
  /** 1 for the first round. */
  round: z.int(),
  /** Sizes to provision and measure in this round; empty when sampling is over. */
  jobs: z.array(jobSchema),
  /** Why sampling ended, once it has. */
  stopped: stopReasonSchema.optional(),
  /** `measure` while there is a round to run, `finish` after the last: what the Choice state reads. */
  next: z.enum(["measure", "finish"]),
  versions: z.array(runVersionSchema),
  unavailable: z.array(unavailableSizeSchema),
  measurements: z.array(sizeMeasurementSchema),
});
export type RunState = z.output<typeof runStateSchema>;
