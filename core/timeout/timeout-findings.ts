import type { Observation } from "../production/production-metrics.ts";
import type { TimeoutRecommendation } from "../report/schema.ts";

/** A timeout is called too long from this multiple of a recommendation that rests on production. */
const tooLongFactor = 2;

/** The same for a recommendation that rests on tuning samples alone: it takes more to call somebody's setting wrong. */
const provisionalTooLongFactor = 5;

/** A timeout is called too short when p99 reaches this share of it. */
const tooShortShare = 0.9;

/**
 * Says whether the current timeout is a finding.
 *
 * `TimeoutTooShort`: invocations ended at the timeout, in the run or in production more often than the recommendation
 * allows, or p99 lies within 10 % of it.
 * `TimeoutTooLong`: it is at least twice the recommended one, five times when that is provisional.
 *
 * @param recommendation - What `recommendTimeout` gave.
 * @param observation - What Observe found, when it found something.
 */
export const timeoutFindings = (
  recommendation: TimeoutRecommendation,
  observation?: Pick<Observation, "metrics">,
): ("TimeoutTooLong" | "TimeoutTooShort")[] => {
  if (isTooShort(recommendation, observation?.metrics)) return ["TimeoutTooShort"];
  return isTooLong(recommendation) ? ["TimeoutTooLong"] : [];
};

const isTooShort = (
  { currentSeconds, currentP99Ms, censored }: TimeoutRecommendation,
  metrics: Observation["metrics"],
): boolean => {
  if (censored === true) return true;
  const p99Ms = metrics?.duration?.p99Ms ?? currentP99Ms;
  return p99Ms !== undefined && p99Ms >= tooShortShare * currentSeconds * 1000;
};

const isTooLong = ({ currentSeconds, recommendedSeconds, provisional }: TimeoutRecommendation): boolean =>
  currentSeconds >= (provisional ? provisionalTooLongFactor : tooLongFactor) * recommendedSeconds;
