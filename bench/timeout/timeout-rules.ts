import type { Sample } from "../../core/invocation/sample.ts";
import type { ProductionMetrics } from "../../core/production/production-metrics.ts";
import { quantile } from "../../core/statistics/quantile.ts";
import { recommendTimeout } from "../../core/timeout/recommend-timeout.ts";
import { wholeSeconds } from "../../core/timeout/whole-seconds.ts";
import { plainBoundedRisk } from "./plain-bounded-risk.ts";

/** Of every bound that our rules state. */
export const statedConfidence = 0.95;

/** What a rule may look at. */
export interface Evidence {
  readonly samplesAtCurrent: readonly Sample[];
  readonly samplesAtRecommended: readonly Sample[];
  readonly production?: ProductionMetrics;
  readonly currentMb: number;
  readonly recommendedMb: number;
}

/** What a rule sets; ours also says what it takes for an upper bound of p99. */
export interface Ruling {
  readonly seconds: number;
  readonly p99BoundMs?: number;
}

/** @returns `undefined` where the rule has nothing to say. */
export type TimeoutRule = (evidence: Evidence) => Ruling | undefined;

/** The rules that are compared. The rules of thumb look at p99 and maximum of production, of samples without it. */
export const timeoutRules: Readonly<Record<string, TimeoutRule>> = {
  "bounded-risk": (evidence) => ours(evidence, "bounded-risk"),
  "p99-based": (evidence) => ours(evidence, "p99"),
  // Never below the p99-based one either.
  "plain bounded risk": (evidence) => {
    const seconds = plainBoundedRisk(evidence);
    return seconds === undefined ? undefined : { seconds: Math.max(seconds, ours(evidence, "p99").seconds) };
  },
  "p99 + 1 s": (evidence) => ({ seconds: wholeSeconds(seen(evidence).p99Ms + 1000) }),
  "p99 + 2 s": (evidence) => ({ seconds: wholeSeconds(seen(evidence).p99Ms + 2000) }),
  "2 x p99": (evidence) => ({ seconds: wholeSeconds(2 * seen(evidence).p99Ms) }),
  "1.5 x max": (evidence) => ({ seconds: wholeSeconds(1.5 * seen(evidence).maxMs) }),
};

const ours = (evidence: Evidence, policy: "bounded-risk" | "p99"): Ruling => {
  const advice = recommendTimeout({
    ...evidence,
    policy: { policy, percentile: 99, marginMs: 1000 },
    confidence: statedConfidence,
    currentSeconds: 900,
    ceilings: [],
    usdPerGbSecond: 0.0000166667,
    usdPerRequest: 0.0000002,
    storageAsMemoryMb: 0,
  });
  return { seconds: advice.recommendedSeconds, ...(policy === "p99" ? { p99BoundMs: advice.upperBoundMs } : {}) };
};

const seen = ({ production, samplesAtCurrent }: Evidence): { readonly p99Ms: number; readonly maxMs: number } => {
  const duration = production?.duration;
  if (duration !== undefined) return { p99Ms: duration.p99Ms ?? duration.maxMs, maxMs: duration.maxMs };
  const durations = samplesAtCurrent.map(({ durationMs }) => durationMs);
  return { p99Ms: quantile(durations, 0.99), maxMs: Math.max(...durations) };
};
