import { z } from "zod";
import { formatDuration } from "../report/format-duration.ts";
import { formatMemory } from "../report/format-memory.ts";
import { formatCount } from "../report/format-number.ts";

/** The duration of the target that an estimate rests on, and where it is from. */
export const estimateBasisSchema = z.strictObject({
  /**
   * `production`: the mean that CloudWatch shows. `earlier-run`: measured by a run whose report is at hand. `invocation`:
   * the one of a dry run. `assumed`: nothing is known.
   */
  kind: z.enum(["production", "earlier-run", "invocation", "assumed"]),
  durationMs: z.number().min(0),
  /** The size that it was seen at. */
  memorySizeMb: z.int(),
  /** Invocations of production behind the mean. */
  invocations: z.number().optional(),
  lookbackDays: z.int().optional(),
  /** Whose metrics those are: `$LATEST`, an alias or version, or the function as a whole. */
  resource: z.string().optional(),
  /** The earlier run. */
  runId: z.string().optional(),
  /** Why production does not say more. */
  reason: z.string().optional(),
});
export type EstimateBasis = z.output<typeof estimateBasisSchema>;

/** A second at 1,024 MB: what a target is assumed to take of which nothing is known. */
export const assumedBasis = (reason?: string): EstimateBasis => ({
  kind: "assumed",
  durationMs: 1000,
  memorySizeMb: 1024,
  ...(reason === undefined ? {} : { reason }),
});

/**
 * What an estimate rests on, in words that continue a sentence.
 *
 * @example
 * ```ts
 * describeBasis(assumedBasis()); // => "an assumed duration of 1.00 s at 1024 MB"
 * ```
 */
export const describeBasis = ({ kind, durationMs, memorySizeMb, ...facts }: EstimateBasis): string => {
  const seen = `${formatDuration(durationMs)} at ${formatMemory(memorySizeMb)}`;
  switch (kind) {
    case "production":
      return `${seen}, the mean of ${formatCount(facts.invocations ?? 0, "invocation")} of production in ${formatCount(facts.lookbackDays ?? 0, "day")}`;
    case "earlier-run":
      return `${seen}, seen in run ${facts.runId ?? ""}${reasonWords(facts.reason)}`;
    case "invocation":
      return `${seen}, the invocation just made${reasonWords(facts.reason)}`;
    case "assumed":
      return `an assumed duration of ${seen}${reasonWords(facts.reason)}`;
  }
};

const reasonWords = (reason: string | undefined): string => (reason === undefined ? "" : ` (${reason})`);
