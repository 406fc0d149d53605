import { snapStartPricesOf } from "../pricing/snapstart.ts";
import type { BookedPrices } from "../pricing/price-book.ts";
import type { MeasurementSummary, Production } from "../report/schema.ts";
import type { Target } from "../run/target.ts";
import { withColdStarts } from "./cold-start-mix.ts";
import { daysPerMonth } from "./month.ts";
import { performanceRisk } from "./performance-risk.ts";
import type { Observation, ProductionDuration, ProductionMetrics } from "./production-metrics.ts";
import { provisionedConcurrencyNote } from "./provisioned-concurrency.ts";

/** What production's part of the report is made from. */
export interface ProductionFacts {
  readonly observation: Observation;
  readonly target: Target;
  /** The recommended size. */
  readonly choice: { readonly memorySizeMb: number };
  readonly measurements: readonly MeasurementSummary[];
  readonly prices: BookedPrices;
}

/**
 * What production shows, and what the recommendation means for it.
 *
 * @returns `undefined` when Observe could not read any metrics.
 */
export const summariseProduction = (facts: ProductionFacts): Production | undefined => {
  const { metrics } = facts.observation;
  if (metrics === undefined) return undefined;
  const { invocations, errors, throttles, duration } = metrics;
  const lookbackDays = metrics.lookbackDays;
  const risk = riskOf(facts, metrics);
  const invocationsPerMonth = (invocations / lookbackDays) * daysPerMonth;
  return {
    lookbackDays,
    resource: metrics.resource,
    invocations,
    errors,
    throttles,
    ...(duration === undefined ? {} : { durationMs: durations(duration) }),
    ...(metrics.maxConcurrentExecutions !== undefined && { maxConcurrentExecutions: metrics.maxConcurrentExecutions }),
    ...(metrics.provisionedConcurrencySpillover !== undefined && {
      provisionedConcurrencySpillover: metrics.provisionedConcurrencySpillover,
    }),
    ...(metrics.maxIteratorAgeMs !== undefined && { maxIteratorAgeMs: metrics.maxIteratorAgeMs }),
    invocationsPerMonth,
    errorShare: shareOf(errors, invocations),
    throttleShare: shareOf(throttles, throttles + invocations),
    ...(risk === undefined ? {} : { currentPerformanceRisk: risk }),
    ...coldStarts(facts, metrics),
    ...provisioned(facts, metrics, invocationsPerMonth),
  };
};

const durations = (duration: ProductionDuration): NonNullable<Production["durationMs"]> => ({
  ...(duration.p50Ms !== undefined && { p50: duration.p50Ms }),
  ...(duration.p90Ms !== undefined && { p90: duration.p90Ms }),
  ...(duration.p95Ms !== undefined && { p95: duration.p95Ms }),
  ...(duration.p99Ms !== undefined && { p99: duration.p99Ms }),
  ...(duration.p999Ms !== undefined && { p999: duration.p999Ms }),
  max: duration.maxMs,
  ...(duration.meanMs !== undefined && { mean: duration.meanMs }),
});

const riskOf = ({ target, measurements }: ProductionFacts, metrics: ProductionMetrics) => {
  const { memorySizeMb, timeoutSeconds } = target.original;
  const used = measurements.find((size) => size.memorySizeMb === memorySizeMb)?.maxMemoryUsedMb;
  return performanceRisk(metrics, {
    memorySizeMb,
    timeoutSeconds,
    ...(used !== undefined && { maxMemoryUsedMb: used }),
  });
};

const coldStarts = (
  { measurements, choice, target, prices }: ProductionFacts,
  { coldStarts: count, invocations }: ProductionMetrics,
): Pick<Production, "coldStartShare" | "withColdStarts"> => {
  if (count === undefined || invocations === 0) return {};
  const coldStartShare = Math.min(1, count / invocations);
  const summary = measurements.find((size) => size.memorySizeMb === choice.memorySizeMb);
  const snapStart = snapStartPricesOf(target, prices)?.prices;
  const mixed = summary === undefined ? undefined : withColdStarts(summary, coldStartShare, snapStart);
  return { coldStartShare, ...(mixed === undefined ? {} : { withColdStarts: mixed }) };
};

/**
 * Concurrency was seen at the current size: where invocations take longer at the recommended one, more of them are under
 * way at once. Lambda provisions no concurrency for functions with SnapStart.
 */
const provisioned = (
  { measurements, choice, target, prices }: ProductionFacts,
  metrics: ProductionMetrics,
  invocationsPerMonth: number,
): Pick<Production, "provisionedConcurrency"> => {
  const concurrency = metrics.p99ConcurrentExecutions ?? metrics.maxConcurrentExecutions;
  const summary = measurements.find((size) => size.memorySizeMb === choice.memorySizeMb);
  if (concurrency === undefined || summary?.durationMs === undefined || target.snapStart) return {};
  const current = measurements.find((size) => size.memorySizeMb === target.original.memorySizeMb);
  const load = {
    concurrency: concurrency * (summary.durationMs.mean / (current?.durationMs?.mean ?? summary.durationMs.mean)),
    invocationsPerMonth,
    meanDurationMs: summary.durationMs.mean,
    memorySizeMb: choice.memorySizeMb,
  };
  const note = provisionedConcurrencyNote(load, prices);
  return note === undefined ? {} : { provisionedConcurrency: note };
};

const shareOf = (part: number, whole: number): number => (whole > 0 ? Math.min(1, part / whole) : 0);
