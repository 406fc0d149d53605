import { z } from "zod";

/** What became of a size. Everything but `measured` is a finding, never a failed run. */
export const outcomeSchema = z.enum(["measured", "out-of-memory", "timed-out", "failing", "throttled", "unavailable"]);
export type Outcome = z.output<typeof outcomeSchema>;

/** Error type of an invocation that outlasted the measuring function: without a record, but as good as timed out. */
export const tooSlowToMeasure = "TooSlowToMeasure";

/** One kind of failure seen at a size: how often, and one example of at most 300 characters. */
export const seenErrorSchema = z.strictObject({ type: z.string(), count: z.int(), example: z.string() });
export type SeenError = z.output<typeof seenErrorSchema>;

/**
 * All that one size has shown so far, in the form that travels through the state machine.
 *
 * `samples` holds the encoding of `core/invocation/sample-codec.ts`: a few bytes a sample instead of a hundred.
 */
export const sizeMeasurementSchema = z.strictObject({
  memorySizeMb: z.int(),
  outcome: outcomeSchema,
  samples: z.string(),
  /** Highest "Max Memory Used" of any record at this size, in MB. */
  maxMemoryUsedMb: z.int().optional(),
  errors: z.array(seenErrorSchema),
  /** Invocations sent, measured or not, and those that a failing pre-processor kept from being sent. */
  invocations: z.int(),
  /** Invocations, and calls of processors, that were answered by a throttle and sent again. */
  throttles: z.int(),
  /** X-Ray trace ids of sampled invocations, at most 5. */
  traceIds: z.array(z.string()).optional(),
});
export type SizeMeasurement = z.output<typeof sizeMeasurementSchema>;
