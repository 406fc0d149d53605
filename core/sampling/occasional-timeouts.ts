import { decodeSamples } from "../invocation/sample-codec.ts";
import type { Sample } from "../invocation/sample.ts";
import { type SizeMeasurement, tooSlowToMeasure } from "../run/measurement.ts";
import { fisherTail } from "../statistics/fisher-tail.ts";

/** What a size showed of time running out. */
export interface TimeoutCount {
  readonly memorySizeMb: number;
  /** Invocations that ended at the timeout. */
  readonly timeouts: number;
  readonly healthy: number;
}

/** Below this chance, larger sizes are said to time out less often. */
const clear = 0.01;

export const countTimeouts = (memorySizeMb: number, samples: readonly Sample[]): TimeoutCount => ({
  memorySizeMb,
  timeouts: samples.filter(({ status }) => status === "timed-out").length,
  healthy: samples.filter(({ status }) => status === "ok").length,
});

/**
 * Sizes whose timeouts are a sign of too little memory.
 *
 * Either most of a size's calls time out, no smaller size runs well, and no larger one times out at all; or larger sizes
 * time out less often beyond chance (Fisher's exact test). Larger sizes that are too small themselves do not count. All
 * other timeouts are a function that hangs now and then, whatever its memory.
 *
 * @param counts - One for each size, in any order.
 */
export const sizesShortOfTime = (counts: readonly TimeoutCount[]): ReadonlySet<number> => {
  const short = new Set<number>();
  for (const size of counts.toSorted((a, b) => b.memorySizeMb - a.memorySizeMb)) {
    const larger = counts.filter(({ memorySizeMb: mb }) => mb > size.memorySizeMb && !short.has(mb));
    const runsWellBelow = counts.some((other) => other.memorySizeMb < size.memorySizeMb && runsWell(other));
    if (isShortOfTime(size, larger, runsWellBelow)) short.add(size.memorySizeMb);
  }
  return short;
};

/**
 * Gives sizes that timed out, or were measured, the outcome that all sizes together support: `timed-out` when most calls
 * of a size did, or when larger sizes clearly do so less often. The others are measured by their healthy calls.
 */
export const judgeTimeouts = (measurements: readonly SizeMeasurement[]): SizeMeasurement[] => {
  const counts = measurements.map(countOf);
  const short = sizesShortOfTime(counts);
  return measurements.map((measurement, index) => {
    const count = counts[index];
    const { outcome, memorySizeMb, errors } = measurement;
    if (count === undefined || count.timeouts === 0 || (outcome !== "measured" && outcome !== "timed-out")) {
      return measurement;
    }
    if (errors.some(({ type }) => type === tooSlowToMeasure)) return measurement;
    return { ...measurement, outcome: timesOutMostly(count) || short.has(memorySizeMb) ? "timed-out" : "measured" };
  });
};

/** Sizes with timeouts that memory does not explain, ascending; none as a rule. */
export const occasionalTimeouts = (measurements: readonly SizeMeasurement[]): TimeoutCount[] => {
  const counts = measurements.map(countOf);
  const short = sizesShortOfTime(counts);
  return counts
    .filter(({ memorySizeMb, timeouts }) => timeouts > 0 && !short.has(memorySizeMb))
    .toSorted((a, b) => a.memorySizeMb - b.memorySizeMb);
};

const countOf = ({ memorySizeMb, samples }: SizeMeasurement): TimeoutCount =>
  countTimeouts(memorySizeMb, decodeSamples(samples));

const timesOutMostly = ({ timeouts, healthy }: TimeoutCount): boolean => timeouts > healthy;

const runsWell = ({ timeouts, healthy }: TimeoutCount): boolean => healthy > timeouts;

const isShortOfTime = (size: TimeoutCount, larger: readonly TimeoutCount[], runsWellBelow: boolean): boolean => {
  if (size.timeouts === 0) return false;
  const timeouts = sumOf(larger.map((other) => other.timeouts));
  const healthy = sumOf(larger.map((other) => other.healthy));
  if (timesOutMostly(size) && timeouts === 0) return !runsWellBelow;
  return fisherTail(size.timeouts, size.timeouts + size.healthy, timeouts, timeouts + healthy) <= clear;
};

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
