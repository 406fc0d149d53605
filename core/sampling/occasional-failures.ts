import { decodeSamples } from "../invocation/sample-codec.ts";
import type { SizeMeasurement } from "../run/measurement.ts";
import { fisherTail } from "../statistics/fisher-tail.ts";

/** Below this chance, a size is said to fail more often than the others. */
const clear = 0.01;
/** A function of which this share of the calls fails, at all sizes together, works at none. */
const brokenShare = 2 / 3;

/**
 * Takes sizes that failed more often than not by bad luck for what they are: measured by the calls that succeeded.
 *
 * A function that fails now and then does so at every size, and at some more often than it succeeds. Unless it fails most of
 * the time on the whole, only a size that clearly fails more often than the others (Fisher's exact test), or has no success
 * at all, is `failing`.
 */
export const judgeFailures = (measurements: readonly SizeMeasurement[]): SizeMeasurement[] => {
  const counts = measurements.map(countFailures);
  const all = sumOf(counts);
  const isBroken = all.failures > brokenShare * (all.failures + all.healthy);
  return measurements.map((measurement, index) => {
    const size = counts[index];
    if (measurement.outcome !== "failing" || size === undefined) return measurement;
    if (size.healthy === 0 || isBroken) return measurement;
    const others = sumOf(counts.filter((other) => other !== size));
    const chance = fisherTail(
      size.failures,
      size.failures + size.healthy,
      others.failures,
      others.failures + others.healthy,
    );
    return chance <= clear ? measurement : { ...measurement, outcome: "measured" };
  });
};

interface FailureCount {
  readonly failures: number;
  readonly healthy: number;
}

/** Failures without a sample are among the invocations. Sizes that were given up for another reason say nothing here. */
const countFailures = ({ outcome, samples, invocations }: SizeMeasurement): FailureCount => {
  if (outcome !== "measured" && outcome !== "failing") return { failures: 0, healthy: 0 };
  const statuses = decodeSamples(samples).map(({ status }) => status);
  const healthy = statuses.filter((status) => status === "ok").length;
  const timeouts = statuses.filter((status) => status === "timed-out").length;
  return { failures: Math.max(0, invocations - healthy - timeouts), healthy };
};

const sumOf = (counts: readonly FailureCount[]): FailureCount => ({
  failures: counts.reduce((sum, { failures }) => sum + failures, 0),
  healthy: counts.reduce((sum, { healthy }) => sum + healthy, 0),
});
