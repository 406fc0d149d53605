import type { BookedPrices } from "../pricing/price-book.ts";
import { billedSize, estimateMonthlySavings } from "../production/monthly-savings.ts";
import type { SizeChoice } from "../recommendation/choose-size.ts";
import type { Target } from "../run/target.ts";
import type { MeasurementSummary, Production, Report } from "./schema.ts";

type Option = Report["memorySizeRecommendationOptions"][number];

/** What savings in dollars take: production's volume and its own mean duration, and the prices of its tier. */
interface SavingsFacts {
  readonly production: Production | undefined;
  readonly target: Target;
  readonly prices: BookedPrices;
}

/** As many options as Compute Optimizer gives at most. */
const mostOptions = 3;

/**
 * Compute Optimizer's list of options: the recommended size first, then the cheapest alternatives that can be used.
 *
 * @returns Nothing when no size could be measured.
 */
export const recommendationOptions = (
  choice: SizeChoice | undefined,
  measurements: readonly MeasurementSummary[],
  target: Target,
  production: Production | undefined,
  prices: BookedPrices,
): Option[] => {
  if (choice === undefined) return [];
  const sizes = measurements.map((summary) => withFittedCharge(summary, choice));
  const current = sizes.find(({ memorySizeMb }) => memorySizeMb === target.original.memorySizeMb);
  const alternatives = sizes
    .filter(({ memorySizeMb, outcome }) => memorySizeMb !== choice.memorySizeMb && outcome === "measured")
    .toSorted((a, b) => (a.chargePerMillionUsd?.mean ?? 0) - (b.chargePerMillionUsd?.mean ?? 0));
  return sizes
    .filter(({ memorySizeMb }) => memorySizeMb === choice.memorySizeMb)
    .concat(alternatives)
    .slice(0, mostOptions)
    .map((summary, index) => option(index + 1, summary, current, { production, target, prices }));
};

/** A size with the charge that the fitted curve gives it: the same source as the recommendation's own saving. */
const withFittedCharge = (summary: MeasurementSummary, { curve }: SizeChoice): MeasurementSummary => {
  const fitted = curve.find(({ memorySizeMb }) => memorySizeMb === summary.memorySizeMb);
  if (fitted === undefined || summary.chargePerMillionUsd === undefined) return summary;
  return { ...summary, chargePerMillionUsd: { mean: fitted.chargePerMillionUsd } };
};

const option = (
  rank: number,
  summary: MeasurementSummary,
  current: MeasurementSummary | undefined,
  facts: SavingsFacts,
): Option => {
  const saving = savings(summary, current, facts);
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
  { production, target, prices }: SavingsFacts,
): Option["savingsOpportunity"] => {
  const before = current?.chargePerMillionUsd;
  const after = summary.chargePerMillionUsd;
  if (current === undefined || before === undefined || after === undefined || before.mean === 0) return undefined;
  const savingsOpportunityPercentage = (1 - after.mean / before.mean) * 100;
  if (production === undefined) return { savingsOpportunityPercentage };
  const { ephemeralStorageMb } = target;
  const productionMeanMs = production.durationMs?.mean;
  const { savingUsd } = estimateMonthlySavings(
    {
      invocationsPerMonth: production.invocationsPerMonth,
      ...(productionMeanMs !== undefined && { productionMeanMs }),
    },
    billedSize({ ...current, chargePerMillionUsd: before }, ephemeralStorageMb, prices),
    billedSize({ ...summary, chargePerMillionUsd: after }, ephemeralStorageMb, prices),
    ephemeralStorageMb,
    prices,
  );
  return { savingsOpportunityPercentage, estimatedMonthlySavings: { currency: "USD", value: savingUsd } };
};
