import type { Production } from "../report/schema.ts";
import type { ProductionMetrics } from "./production-metrics.ts";

/** Compute Optimizer's scale. */
export type PerformanceRisk = NonNullable<Production["currentPerformanceRisk"]>;

const levels = ["VeryLow", "Low", "Medium", "High"] as const;

/** From which share of a limit on each level begins: Low, Medium, High. */
const thresholds = {
  /** p99 of duration over the timeout. */
  p99OfTimeout: [0.3, 0.6, 0.9],
  /** Memory used over memory configured. */
  memoryUsed: [0.75, 0.85, 0.95],
  /** Throttled over all attempts. */
  throttled: [1e-5, 1e-3, 1e-2],
  /** Ended at the timeout over all. */
  timedOut: [1e-6, 1e-4, 1e-3],
} as const;

/**
 * How likely the current configuration is too small for its work, on Compute Optimizer's scale.
 *
 * AWS does not publish its formula; ours is the worst of four distances to a limit: p99 to the timeout, memory used to
 * memory configured, throttles, and timeouts. docs/timeouts.md has the table.
 *
 * @param metrics - Production's metrics.
 * @param current - The target before the run; memory used is absent when the current size was not measured.
 * @returns `undefined` without durations of production.
 * @see {@link https://docs.aws.amazon.com/compute-optimizer/latest/APIReference/API_LambdaFunctionRecommendation.html}
 */
export const performanceRisk = (
  metrics: ProductionMetrics,
  current: { readonly timeoutSeconds: number; readonly memorySizeMb: number; readonly maxMemoryUsedMb?: number },
): PerformanceRisk | undefined => {
  const { duration, throttles, invocations, timeouts } = metrics;
  if (duration === undefined) return undefined;
  const level = Math.max(
    levelOf((duration.p99Ms ?? duration.maxMs) / (current.timeoutSeconds * 1000), thresholds.p99OfTimeout),
    levelOf((current.maxMemoryUsedMb ?? 0) / current.memorySizeMb, thresholds.memoryUsed),
    levelOf(throttles === 0 ? 0 : throttles / (throttles + invocations), thresholds.throttled),
    levelOf((timeouts ?? 0) / duration.sampleCount, thresholds.timedOut),
  );
  return levels[level];
};

const levelOf = (share: number, beginnings: readonly number[]): number =>
  beginnings.filter((beginning) => share >= beginning).length;
