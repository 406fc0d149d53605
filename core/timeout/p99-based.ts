import { coldStartNeedMs } from "./cold-start-need.ts";
import { productionBound } from "./production-bound.ts";
import type { QuantileBound } from "./quantile-bound.ts";
import { samplesBound } from "./samples-bound.ts";
import { scaleBound } from "./scale-bound.ts";
import type { TimeoutEvidence } from "./timeout-evidence.ts";
import type { TimeoutInput } from "./timeout-input.ts";
import { wholeSeconds } from "./whole-seconds.ts";

/**
 * The timeout that most teams ask for: an upper confidence bound of p99 (or of the percentile asked) at the recommended
 * size, plus the margin of the request.
 *
 * It says nothing about 1 in 10,000: functions with a heavy tail lose many times as many invocations.
 *
 * @param evidence - Production's durations bound the percentile when they are enough for that, the samples otherwise.
 * @param input - For the percentile, the margin and the confidence.
 */
export const p99BasedTimeout = (
  evidence: TimeoutEvidence,
  input: Pick<TimeoutInput, "policy" | "confidence" | "samplesAtRecommended">,
): { readonly seconds: number; readonly bound: QuantileBound } => {
  const { policy, confidence } = input;
  const coldMs = coldStartNeedMs(input.samplesAtRecommended, 1);
  const bound = percentileBound(evidence, 1 - policy.percentile / 100, confidence, coldMs ?? 0);
  return { seconds: wholeSeconds(bound.upperMs + policy.marginMs), bound };
};

/** @param coldMs - Cold starts are among production's invocations, but not among the warm samples: they are bounded too. */
const percentileBound = (
  evidence: TimeoutEvidence,
  exceedShare: number,
  confidence: number,
  coldMs: number,
): QuantileBound => {
  const { production, durations, slowdown } = evidence;
  const fromProduction =
    production === undefined ? undefined : scaleBound(productionBound(production, exceedShare, confidence), slowdown);
  if (fromProduction?.method === "distribution-free" || durations.length === 0) {
    if (fromProduction !== undefined) return fromProduction;
  }
  const warm = samplesBound(durations, exceedShare, confidence);
  const isCold = coldMs > warm.upperMs && warm.method !== "distribution-free";
  const fromSamples: QuantileBound = {
    ...warm,
    upperMs: Math.max(warm.upperMs, coldMs),
    ...(isCold && { method: "lognormal" }),
  };
  // Neither is a bound by itself: the higher one.
  if (fromProduction === undefined || fromSamples.method === "distribution-free") return fromSamples;
  return fromProduction.upperMs > fromSamples.upperMs ? fromProduction : fromSamples;
};
