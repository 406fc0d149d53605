import { mean, sampleVariance } from "simple-statistics";
import type { Sample } from "../invocation/sample.ts";
import { studentTQuantile } from "../statistics/student-t-quantile.ts";
import { durationAtRank } from "./duration-at-rank.ts";
import { healthyCutShare } from "./healthy-cut-share.ts";
import type { Slowdown, TimeoutInput } from "./timeout-input.ts";

/** Warm durations at both sizes from which a ratio is estimated at all. */
const fewest = 3;

/** A tail so many times as slow as the slowest sample consists of invocations that tuning has not met. */
const unseenFactor = 4.5;

/**
 * How much longer an invocation takes at the recommended size than at the current one: what production's durations are
 * multiplied with.
 *
 * Never below 1: a model's word that the function gets faster is no reason to shorten a tail that was really seen. The
 * ratio is that of geometric means of warm samples (Welch, on logarithms), or of the slowest among them where those
 * slow down more. Less memory slows a function at most as much as it cuts its CPU share, so the bound stops at the ratio of
 * the two sizes, unless the samples themselves show more (memory pressure does that). It goes up to that ratio where
 * production's tail is far beyond every sample: heavy payloads that tuning has not met may slow down more than it saw.
 *
 * @param input - Both sizes, their samples, and a model's own ratio when there is one.
 * @returns 1 and 1 when the size does not change.
 */
export const slowdownOf = (
  input: Pick<
    TimeoutInput,
    | "currentMb"
    | "recommendedMb"
    | "samplesAtCurrent"
    | "samplesAtRecommended"
    | "slowdown"
    | "confidence"
    | "production"
  >,
): Slowdown => {
  const cpuRatio = input.currentMb / input.recommendedMb;
  if (cpuRatio === 1) return { expected: 1, upper: 1 };
  const before = warmDurations(input.samplesAtCurrent);
  const after = warmDurations(input.samplesAtRecommended);
  if (Math.min(before.length, after.length) < fewest)
    return neverFaster(input.slowdown ?? unmeasured(cpuRatio), cpuRatio);
  const typical = input.slowdown ?? ratioOf(before, after, input.confidence);
  const slowest = ratioOf(slowestOf(before), slowestOf(after), input.confidence);
  const seen = neverFaster(slower(typical, slowest), cpuRatio);
  return hasUnseenTail(input, before) ? { ...seen, upper: Math.max(seen.upper, cpuRatio), unseenTail: true } : seen;
};

/** Whether production's slowest invocations are of a kind that the samples do not show. */
const hasUnseenTail = ({ production }: Pick<TimeoutInput, "production">, before: readonly number[]): boolean => {
  const duration = production?.duration;
  if (duration === undefined) return false;
  const tailMs = durationAtRank(duration, Math.max(1, duration.sampleCount * healthyCutShare));
  return tailMs > unseenFactor * Math.max(...before);
};

const unmeasured = (cpuRatio: number): Slowdown => ({ expected: cpuRatio, upper: cpuRatio });

const slower = (a: Slowdown, b: Slowdown): Slowdown => ({
  expected: a.expected,
  upper: Math.max(a.upper, b.upper),
});

const neverFaster = ({ expected, upper }: Slowdown, cpuRatio: number): Slowdown => {
  const least = Math.max(1, expected);
  return { expected: least, upper: Math.max(least, Math.min(upper, cpuRatio)) };
};

/** Healthy warm durations, ascending. Zero has no logarithm: no record says 0 ms of a handler that ran. */
const warmDurations = (samples: readonly Sample[]): readonly number[] =>
  samples
    .filter(({ status, cold, durationMs }) => status === "ok" && !cold && durationMs > 0)
    .map(({ durationMs }) => durationMs)
    .sort((a, b) => a - b);

/** The slowest sqrt(n), at least two: few enough to be of the tail, many enough to have a spread. */
const slowestOf = (ascending: readonly number[]): readonly number[] =>
  ascending.slice(-Math.max(2, Math.ceil(Math.sqrt(ascending.length))));

const ratioOf = (before: readonly number[], after: readonly number[], confidence: number): Slowdown => {
  const a = before.map(Math.log);
  const b = after.map(Math.log);
  const difference = mean(b) - mean(a);
  const variances = [sampleVariance(a) / a.length, sampleVariance(b) / b.length] as const;
  const standardError = Math.sqrt(variances[0] + variances[1]);
  const degrees = Math.min(a.length, b.length) - 1;
  const half = standardError === 0 ? 0 : studentTQuantile(confidence, degrees) * standardError;
  return { expected: Math.exp(difference), upper: Math.exp(difference + half) };
};
