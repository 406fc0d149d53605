import type { Sample } from "../invocation/sample.ts";
import type { ProductionDuration } from "../production/production-metrics.ts";
import { quantile } from "../statistics/quantile.ts";
import { supportsPercentile } from "../statistics/supported-percentile.ts";
import { type CutShare, productionCutShare, samplesCutShare } from "./cut-share.ts";
import { slowdownOf } from "./slowdown.ts";
import type { Slowdown, TimeoutInput } from "./timeout-input.ts";

/** Production invocations from which a timeout may be lowered on their strength. */
export const invocationsToLower = 3000;

/** What the rules are applied to: the tail of production where it is known, that of the samples otherwise. */
export interface TimeoutEvidence {
  /** Production's duration, when there were invocations at all. */
  readonly production?: ProductionDuration;
  /** Healthy durations at the recommended size, in milliseconds: warm ones, or cold ones when there is nothing else. */
  readonly durations: readonly number[];
  /** Invocations behind the recommendation: production's, or the samples'. */
  readonly n: number;
  /** Production shows too few invocations, or none. */
  readonly provisional: boolean;
  readonly slowdown: Slowdown;
  /** At the recommended size. */
  readonly cutShare: CutShare;
  /** At the current size. */
  readonly currentCutShare: CutShare;
  /** What was seen at the current size, in milliseconds; p99 only where n supports it. */
  readonly seen: { readonly p99Ms?: number; readonly maxMs: number };
  /** What the rules of thumb look at: production, at the current size, or the samples at the recommended one. */
  readonly forRulesOfThumb: TimeoutEvidence["seen"];
  /** Invocations that ended at the current timeout; those of the run only where too little memory does not explain it. */
  readonly timeoutsInRun: number;
  readonly timeoutsInProduction: number;
}

/**
 * Sorts out what is known.
 *
 * @throws RangeError when there is neither a healthy sample nor a production invocation: nothing follows from nothing.
 */
export const gatherEvidence = (input: TimeoutInput): TimeoutEvidence => {
  const production = input.production?.duration;
  const durations = healthyDurations(input.samplesAtRecommended);
  if (production === undefined && durations.length === 0) {
    throw new RangeError("Expected a healthy sample at the recommended size, or production's durations; got neither.");
  }
  const slowdown = slowdownOf(input);
  const enough = production !== undefined && production.sampleCount >= invocationsToLower;
  const trusted = production !== undefined && (enough || durations.length === 0) ? production : undefined;
  const atCurrent = healthyDurations(input.samplesAtCurrent);
  const seenDurations = atCurrent.length > 0 ? atCurrent : durations;
  return {
    ...(production === undefined ? {} : { production }),
    durations,
    n: trusted === undefined ? durations.length : trusted.sampleCount,
    provisional: !enough,
    slowdown,
    cutShare: trusted === undefined ? samplesCutShare(durations) : productionCutShare(trusted, slowdown.expected),
    currentCutShare: trusted === undefined ? samplesCutShare(seenDurations) : productionCutShare(trusted, 1),
    seen: trusted === undefined ? seenInSamples(seenDurations) : seenInProduction(trusted),
    forRulesOfThumb: trusted === undefined ? seenInSamples(durations) : seenInProduction(trusted),
    timeoutsInRun: input.timeoutsInRun ?? 0,
    timeoutsInProduction: input.production?.timeouts ?? 0,
  };
};

const healthyDurations = (samples: readonly Sample[]): readonly number[] => {
  const healthy = samples.filter(({ status, durationMs }) => status === "ok" && durationMs > 0);
  const warm = healthy.filter(({ cold }) => !cold);
  return (warm.length > 0 ? warm : healthy).map(({ durationMs }) => durationMs);
};

const seenInSamples = (durations: readonly number[]): TimeoutEvidence["seen"] => ({
  ...(supportsPercentile(durations.length, 99) ? { p99Ms: quantile(durations, 0.99) } : {}),
  maxMs: Math.max(...durations),
});

const seenInProduction = ({ p99Ms, maxMs }: ProductionDuration): TimeoutEvidence["seen"] => ({
  ...(p99Ms === undefined ? {} : { p99Ms }),
  maxMs,
});
