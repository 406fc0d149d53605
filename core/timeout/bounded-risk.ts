import { coldStartNeedMs } from "./cold-start-need.ts";
import { healthyCutShare } from "./healthy-cut-share.ts";
import { productionBound } from "./production-bound.ts";
import type { QuantileBound } from "./quantile-bound.ts";
import { samplesBound } from "./samples-bound.ts";
import { scaleBound } from "./scale-bound.ts";
import type { TimeoutEvidence } from "./timeout-evidence.ts";
import type { TimeoutInput } from "./timeout-input.ts";
import { wholeSeconds } from "./whole-seconds.ts";

/** Room over the bound: percentiles of CloudWatch are read from a histogram, and next month is not last month. */
const room = 1.1;

/** The lowest timeout that rests on production, in seconds; the lowest provisional one is a second more. */
const leastSeconds = 2;
const leastProvisionalSeconds = 3;

/** Over the slowest cold sample; none where production bounds the tail without assumptions: its cold starts are in there. */
const coldRoom = { "distribution-free": 1, extrapolated: 1.3, lognormal: 1.3, "slowest-sample": 1.3 } as const;

/** Without production: over the slowest warm sample, over the slowest cold one, and in milliseconds on top. */
const slowestSampleRoom = 3;
const coldSampleRoom = 1.5;
const provisionalMarginMs = 500;

/** The bounded-risk timeout and what made it. */
export interface BoundedRisk {
  readonly seconds: number;
  readonly bound: QuantileBound;
  readonly decidedBy: "distribution-free" | "extrapolated" | "samples-only" | "cold-start";
}

/**
 * The timeout that cuts off at most 1 healthy invocation in 10,000, with the confidence given.
 *
 * @param evidence - What is known of the tail.
 * @param input - For the cold starts and the confidence.
 * @returns Whole seconds from 2 to 900. Without 3,000 invocations of production it rests on the samples too, and is
 * provisional: what a few dozen samples say about 1 in 10,000 is an assumption about the shape of the tail.
 */
export const boundedRiskTimeout = (
  evidence: TimeoutEvidence,
  input: Pick<TimeoutInput, "samplesAtRecommended" | "confidence">,
): BoundedRisk => {
  const { production, provisional } = evidence;
  const fromProduction = production === undefined ? undefined : productionRisk(evidence, input);
  const fromSamples = provisional && evidence.durations.length > 0 ? samplesRisk(evidence, input) : undefined;
  if (fromProduction === undefined || fromSamples === undefined) return definite(fromProduction ?? fromSamples);
  return fromProduction.seconds > fromSamples.seconds ? fromProduction : fromSamples;
};

const definite = (risk: BoundedRisk | undefined): BoundedRisk => {
  if (risk === undefined) throw new RangeError("Expected production's durations or healthy samples, got neither.");
  return risk;
};

const productionRisk = (
  { production, slowdown }: TimeoutEvidence,
  { samplesAtRecommended, confidence }: Pick<TimeoutInput, "samplesAtRecommended" | "confidence">,
): BoundedRisk | undefined => {
  if (production === undefined) return undefined;
  const bound = scaleBound(productionBound(production, healthyCutShare, confidence), slowdown);
  const coldMs = coldStartNeedMs(samplesAtRecommended, coldRoom[bound.method]) ?? 0;
  const seconds = Math.max(leastSeconds, wholeSeconds(Math.max(bound.upperMs, coldMs) * room));
  const method = bound.method === "distribution-free" ? bound.method : "extrapolated";
  return { seconds, bound, decidedBy: coldMs > bound.upperMs && seconds > leastSeconds ? "cold-start" : method };
};

const samplesRisk = (
  { durations }: TimeoutEvidence,
  { samplesAtRecommended, confidence }: Pick<TimeoutInput, "samplesAtRecommended" | "confidence">,
): BoundedRisk => {
  const bound = samplesBound(durations, healthyCutShare, confidence);
  const warmMs = Math.max(bound.upperMs, slowestSampleRoom * Math.max(...durations));
  const coldMs = coldStartNeedMs(samplesAtRecommended, coldSampleRoom) ?? 0;
  const seconds = Math.max(leastProvisionalSeconds, wholeSeconds(Math.max(warmMs, coldMs) + provisionalMarginMs));
  const decidedBy = coldMs > warmMs && seconds > leastProvisionalSeconds ? "cold-start" : "samples-only";
  return { seconds, bound: { ...bound, upperMs: warmMs }, decidedBy };
};
