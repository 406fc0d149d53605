import type { Sample } from "../../../core/invocation/sample.ts";
import type { ProductionDuration, ProductionMetrics } from "../../../core/production/production-metrics.ts";
import type { TimeoutInput } from "../../../core/timeout/timeout-input.ts";

/** A sample that only says what a test is about. */
export const sample = (durationMs: number, facts: Partial<Sample> = {}): Sample => ({
  durationMs,
  billedMs: Math.ceil(durationMs),
  cold: false,
  status: "ok",
  lane: 0,
  payload: 0,
  round: 1,
  ...facts,
});

/** Warm samples around 100 ms, at the current and recommended size alike. */
export const timeoutInput = (facts: Partial<TimeoutInput> = {}): TimeoutInput => ({
  policy: { policy: "bounded-risk", percentile: 99, marginMs: 1000 },
  confidence: 0.95,
  currentSeconds: 30,
  currentMb: 1024,
  recommendedMb: 1024,
  samplesAtRecommended: [100, 102, 98, 101, 105, 99].map((ms) => sample(ms)),
  samplesAtCurrent: [100, 102, 98, 101, 105, 99].map((ms) => sample(ms)),
  ceilings: [],
  usdPerGbSecond: 0.00002,
  usdPerRequest: 0.0000002,
  storageAsMemoryMb: 0,
  ...facts,
});

/** Production with so many invocations, the slowest of 2.5 s. */
export const productionDuration = (facts: Partial<ProductionDuration> = {}): ProductionDuration => ({
  sampleCount: 50_000,
  meanMs: 110,
  maxMs: 2500,
  p50Ms: 100,
  p90Ms: 130,
  p95Ms: 150,
  p99Ms: 400,
  p999Ms: 900,
  tail: [
    { rank: 2, durationMs: 2200 },
    { rank: 5, durationMs: 1700 },
    { rank: 464, durationMs: 410 },
  ],
  ...facts,
});

export const production = (
  duration: Partial<ProductionDuration> = {},
  facts: Partial<ProductionMetrics> = {},
): ProductionMetrics => ({
  lookbackDays: 14,
  resource: "function",
  invocations: duration.sampleCount ?? 50_000,
  errors: 0,
  throttles: 0,
  duration: productionDuration(duration),
  ...facts,
});
