import type { Report } from "./schema.ts";

/**
 * What the recommended size was compared with: with `nothing` where it is the only size that could be measured, with
 * `others` than the current size, or with the `current` one, which was measured or failed when it was tried.
 */
export type ComparedWith = "nothing" | "others" | "current";

/** Looks which sizes the run has anything to say of. */
export const comparedWith = ({
  measurements,
  currentMemorySize,
}: Pick<Report, "measurements" | "currentMemorySize">): ComparedWith => {
  const current = measurements.find(({ memorySizeMb }) => memorySizeMb === currentMemorySize);
  if (current !== undefined && failures.has(current.outcome)) return "current";
  const measured = measurements.filter(({ outcome }) => outcome === "measured");
  if (measured.length < 2) return "nothing";
  return current?.outcome === "measured" ? "current" : "others";
};

/** Ways to fail that are the function's own. */
const failures: ReadonlySet<string> = new Set(["out-of-memory", "timed-out", "failing"]);
