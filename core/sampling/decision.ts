import { z } from "zod";
import type { Objective, TuningRequest } from "../request/schema.ts";

/** One size to measure in a round. */
export const jobSchema = z.strictObject({
  memorySizeMb: z.int(),
  /** Warm invocations wanted; cold ones and failures do not count towards them. */
  warm: z.int().min(0),
  /** Cold starts to force beyond the one that each new lane costs anyway. */
  cold: z.int().min(0),
  /** Invocations in flight at once at this size, each lane in an environment of its own. */
  lanes: z.int().min(1),
});
export type Job = z.output<typeof jobSchema>;

/** Why sampling ended. The last five are inconclusive: something other than certainty ended it. */
export const stopReasonSchema = z.enum([
  "plan-complete",
  "converged",
  "spend-limit",
  "invocation-limit",
  "round-limit",
  "time-limit",
  "no-usable-size",
]);
export type StopReason = z.output<typeof stopReasonSchema>;

/** The next round of measuring, or the end of it. */
export type Decision =
  | { readonly kind: "measure"; readonly jobs: readonly Job[] }
  | { readonly kind: "done"; readonly reason: StopReason };

/** What sampling needs to know besides the samples. Plain data: the same decision follows from the same values. */
export interface SamplingContext {
  readonly objective: Objective;
  readonly memory: TuningRequest["memory"];
  readonly sampling: TuningRequest["sampling"];
  readonly budget: TuningRequest["budget"];
  /** The target's memory before the run. */
  readonly currentMb: number;
  /** The largest size that the account or the machine allows. */
  readonly maxMb: number;
  /** Shares of the payloads, summing to 1; one entry when there is a single payload. */
  readonly payloadShares: readonly number[];
  /** USD per GB-second at the user's tier. */
  readonly usdPerGbSecond: number;
  /** USD per request. */
  readonly usdPerRequest: number;
  /** Ephemeral storage above 512 MB, as the memory that would cost as much. */
  readonly storageAsMemoryMb: number;
  readonly seed: number;
}
