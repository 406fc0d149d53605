import { mean, sampleStandardDeviation } from "simple-statistics";
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { quantile } from "../statistics/quantile.ts";
import { quantileUpperBound } from "../statistics/quantile-upper-bound.ts";
import { timeoutLimitsSeconds } from "../units.ts";
import type { QuantileBound } from "./quantile-bound.ts";
import { toleranceFactor } from "./tolerance-factor.ts";

/**
 * Bounds a high quantile of duration from the tuning samples alone.
 *
 * An order statistic when there are samples enough (299 for p99 with 95 %); otherwise a lognormal tolerance bound, never
 * below the slowest sample, of fewer than five samples never above ten times it, and never above the 900 s that Lambda lets
 * an invocation run. The second is an assumption about the tail, and says so in its `method`, as do samples too few for it.
 *
 * @param durations - Healthy warm durations at one size, in milliseconds, above 0; at least one.
 * @param exceedShare - Share of invocations beyond the quantile, above 0 and below 1.
 * @param confidence - Of the upper bound, above 0.5 and below 1.
 */
export const samplesBound = (durations: readonly number[], exceedShare: number, confidence: number): QuantileBound => {
  const p = 1 - exceedShare;
  const orderStatistic = quantileUpperBound(durations, p, confidence);
  if (orderStatistic !== undefined) {
    const expectedMs = Math.min(orderStatistic, quantile(durations, p));
    return { expectedMs, upperMs: orderStatistic, method: "distribution-free" };
  }
  const slowest = Math.max(...durations);
  const logs = durations.map(Math.log);
  const deviation = logs.length < 2 ? 0 : sampleStandardDeviation(logs);
  const at = (deviations: number): number => Math.exp(mean(logs) + deviations * deviation);
  const bound = logs.length < 2 ? slowest : at(toleranceFactor(logs.length, p, confidence));
  const isTooWide = logs.length < fewest && bound > furthest * slowest;
  const upperMs = Math.max(slowest, Math.min(longestMs, isTooWide ? furthest * slowest : bound));
  // One sample has no spread, and of none does anything follow about others.
  const method = isTooWide || logs.length < 2 ? "slowest-sample" : "lognormal";
  return { expectedMs: Math.min(upperMs, at(normalQuantile(p))), upperMs, method };
};

const longestMs = timeoutLimitsSeconds.max * 1000;

/** With fewer samples their spread is hardly known, and the bound may be anything. */
const fewest = 5;

/** How many times the slowest of so few samples the bound is at most. */
const furthest = 10;
