import type { TimeoutRecommendation } from "../report/schema.ts";
import { givenCeiling, lowestCeiling } from "./caller-ceiling.ts";
import { healthyCutShare } from "./healthy-cut-share.ts";

/**
 * Why somebody should look at a recommended timeout before it is set.
 *
 * - `provisional`: too few invocations of production bear out that it may be shorter.
 * - `censored`: invocations ended at the current one, and why is not known. One that hangs is billed for all of a longer one.
 * - `caller-ceiling`: a caller that the function's settings name gives up so early that healthy invocations are cut off;
 *   those that last longer now may have other callers.
 */
export type TimeoutObjection = "provisional" | "censored" | "caller-ceiling";

/** @returns `undefined` when the timeout may be set unseen: a ceiling that the request gave is its own word. */
export const timeoutObjection = (advice: TimeoutRecommendation): TimeoutObjection | undefined => {
  const { currentSeconds, recommendedSeconds, provisional, censored, decidedBy, expectedCutShare } = advice;
  if (recommendedSeconds === currentSeconds) return undefined;
  if (provisional && recommendedSeconds < currentSeconds) return "provisional";
  if (censored === true) return "censored";
  const isFound = lowestCeiling(advice.ceilings)?.ceiling.caller !== givenCeiling;
  return decidedBy === "caller-ceiling" && isFound && expectedCutShare > healthyCutShare ? "caller-ceiling" : undefined;
};

/**
 * Whether the recommended memory needs the recommended timeout: healthy invocations that fit the current one now would be
 * cut off by it then.
 */
export const needsItsTimeout = (advice: TimeoutRecommendation): boolean => {
  const { currentSeconds, recommendedSeconds, keptCutShare = 0, currentCutShare = 0 } = advice;
  return recommendedSeconds > currentSeconds && keptCutShare > Math.max(healthyCutShare, currentCutShare);
};
