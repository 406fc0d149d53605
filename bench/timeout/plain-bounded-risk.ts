import { mean, sampleVariance } from "simple-statistics";
import type { Sample } from "../../core/invocation/sample.ts";
import type { ProductionDuration } from "../../core/production/production-metrics.ts";
import { studentTQuantile } from "../../core/statistics/student-t-quantile.ts";
import { boundRank } from "../../core/timeout/bound-rank.ts";
import { durationAtRank } from "../../core/timeout/duration-at-rank.ts";
import { healthyCutShare } from "../../core/timeout/healthy-cut-share.ts";
import { wholeSeconds } from "../../core/timeout/whole-seconds.ts";
import type { Evidence } from "./timeout-rules.ts";

const confidence = 0.95;
const leastSeconds = 2;

/**
 * Bounded risk in its plainest form, to show what our refinements of it are worth: a bound of production's tail, times
 * the upper bound of the slowdown, or 1.3 times the slowest cold start, and a tenth.
 *
 * It knows nothing of tails that the samples do not show, multiplies one upper bound with the other, and has no rule for
 * the time without production.
 */
export const plainBoundedRisk = (evidence: Evidence): number | undefined => {
  const duration = evidence.production?.duration;
  if (duration === undefined) return undefined;
  const cold = evidence.samplesAtRecommended.filter((sample) => sample.cold).map(({ durationMs }) => durationMs);
  const neededMs = Math.max(tailBoundMs(duration) * upperSlowdown(evidence), 1.3 * Math.max(0, ...cold));
  return Math.max(leastSeconds, wholeSeconds(1.1 * neededMs));
};

const tailBoundMs = (duration: ProductionDuration): number => {
  const { sampleCount, maxMs, p99Ms = maxMs } = duration;
  const rank = boundRank(sampleCount, healthyCutShare, confidence);
  if (rank !== undefined) return durationAtRank(duration, rank);
  const slope = Math.log(maxMs / p99Ms) / Math.log(Math.max(5, sampleCount / 100));
  return maxMs * (3 / (sampleCount * healthyCutShare)) ** Math.min(0.7, Math.max(0.15, slope));
};

const upperSlowdown = (evidence: Evidence): number => {
  if (evidence.currentMb === evidence.recommendedMb) return 1;
  const before = logsOf(evidence.samplesAtCurrent);
  const after = logsOf(evidence.samplesAtRecommended);
  const standardError = Math.sqrt(sampleVariance(before) / before.length + sampleVariance(after) / after.length);
  const quantile = studentTQuantile(confidence, Math.min(before.length, after.length) - 1);
  return Math.max(1, Math.exp(mean(after) - mean(before) + quantile * standardError));
};

const logsOf = (samples: readonly Sample[]): number[] =>
  samples.filter(({ cold }) => !cold).map(({ durationMs }) => Math.log(durationMs));
