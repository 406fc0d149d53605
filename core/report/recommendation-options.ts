import type { SizeChoice } from "../recommendation/choose-size.ts";
import type { Target } from "../run/target.ts";
import type { MeasurementSummary, Production, Report } from "./schema.ts";

type Option = Report["memorySizeRecommendationOptions"][number];

/** As many options as Compute Optimizer gives at most. */
const mostOptions = 3;

/**
 * Compute Optimizer's list of options: the recommended size first, then the cheapest measured alternatives.
 *
 * @returns Nothing when no size could be measured.
 */
export const recommendationOptions = (
  choice: SizeChoice | undefined,
  measurements: readonly MeasurementSummary[],
  target: Target,
  production: Production | undefined,
): Option[] => {
  if (choice === undefined) return [];
  const current = measurements.find(({ memorySizeMb }) => memorySizeMb === target.original.memorySizeMb);
  const alternatives = measurements
    .filter(({ memorySizeMb, durationMs }) => memorySizeMb !== choice.memorySizeMb && durationMs !== undefined)
    .toSorted((a, b) => (a.chargePerMillionUsd?.mean ?? 0) - (b.chargePerMillionUsd?.mean ?? 0));
  return measurements
    .filter(({ memorySizeMb }) => memorySizeMb === choice.memorySizeMb)
    .concat(alternatives)
    .slice(0, mostOptions)
    .map((summary, index) => option(index + 1, summary, current, production));
};

const option = (
  rank: number,
  summary: MeasurementSummary,
  current: MeasurementSummary | undefined,
  production: Production | undefined,
): Option => {
  const saving = savings(summary, current, production);
  return {
    rank,
    memorySize: summary.memorySizeMb,
    projectedUtilizationMetrics: durations(summary),
    ...(saving === undefined ? {} : { savingsOpportunity: saving }),
  };
};

const durations = ({ durationMs }: MeasurementSummary): Option["projectedUtilizationMetrics"] => {
  if (durationMs === undefined) return [];
  const metric = (statistic: "LowerBound" | "Expected" | "UpperBound", value: number | undefined) =>
    value === undefined ? [] : [{ name: "Duration" as const, statistic, value }];
  return [
    ...metric("LowerBound", durationMs.meanInterval?.lower),
    ...metric("Expected", durationMs.mean),
    ...metric("UpperBound", durationMs.meanInterval?.upper),
  ];
};

/** Saving against the current size, which may be negative; unknown when the current size was not measured. */
const savings = (
  summary: MeasurementSummary,
  current: MeasurementSummary | undefined,
  production: Production | undefined,
): Option["savingsOpportunity"] => {
  const before = current?.chargePerMillionUsd?.mean;
  const after = summary.chargePerMillionUsd?.mean;
  if (before === undefined || after === undefined || before === 0) return undefined;
  const monthly =
    production === undefined
      ? {}
      : {
          estimatedMonthlySavings: {
            currency: "USD" as const,
            value: ((before - after) * production.invocationsPerMonth) / 1_000_000,
          },
        };
  return { savingsOpportunityPercentage: (1 - after / before) * 100, ...monthly };
};
