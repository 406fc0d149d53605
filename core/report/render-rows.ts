import type { Outcome } from "../run/measurement.ts";
import type { MeasurementSummary, Report } from "./schema.ts";

/** What a reader should notice about a size. */
export type SizeMark = "recommended" | "tied" | "current";

/** One size as every format shows it. */
export interface SizeRow {
  readonly memorySizeMb: number;
  readonly outcome: Outcome;
  readonly marks: readonly SizeMark[];
  readonly measurement: MeasurementSummary;
  /**
   * Charge of a million invocations as the advice estimates it, which weighs in what the other sizes show; the measured
   * mean where no estimate was made.
   */
  readonly chargePerMillionUsd?: number;
  /** Of that charge, at the report's confidence. */
  readonly chargeIntervalUsd?: { readonly lower: number; readonly upper: number };
  /** That charge against the current size's in percent, negative is cheaper; absent unless both were measured. */
  readonly chargeChangePercent?: number;
  /** Half of the mean's interval in percent of the mean, the wider side where they differ. */
  readonly halfIntervalPercent?: number;
}

/** The sizes of a report in ascending order, each with its marks and its change against the current setting. */
export const sizeRows = (report: Report): SizeRow[] => {
  const chargeOf = chargesOf(report);
  const current = report.measurements.find(({ memorySizeMb }) => memorySizeMb === report.currentMemorySize);
  const currentCharge = current && chargeOf(current)?.chargePerMillionUsd;
  return report.measurements
    .toSorted((a, b) => a.memorySizeMb - b.memorySizeMb)
    .map((measurement) => rowOf(measurement, report, chargeOf(measurement), currentCharge));
};

type Charge = Pick<SizeRow, "chargePerMillionUsd" | "chargeIntervalUsd">;

/** From the fitted curve, or as measured where that has no such size. */
const chargesOf = ({ model }: Report): ((measurement: MeasurementSummary) => Charge | undefined) => {
  const estimates = new Map(model?.curve?.map((point) => [point.memorySizeMb, point]));
  return ({ outcome, memorySizeMb, chargePerMillionUsd: measured }) => {
    if (outcome !== "measured") return undefined;
    const estimate = estimates.get(memorySizeMb);
    const charge = estimate?.chargePerMillionUsd ?? measured?.mean;
    const interval = estimate === undefined ? measured?.interval : estimate.chargeIntervalUsd;
    return charge === undefined
      ? undefined
      : { chargePerMillionUsd: charge, ...(interval === undefined ? {} : { chargeIntervalUsd: interval }) };
  };
};

const outcomeWords: Record<Outcome, string> = {
  measured: "measured",
  "out-of-memory": "out of memory",
  "timed-out": "timed out",
  failing: "failing",
  throttled: "throttled",
  unavailable: "not available",
};

/** An outcome in words. */
export const describeOutcome = (outcome: Outcome): string => outcomeWords[outcome];

const rowOf = (
  measurement: MeasurementSummary,
  report: Report,
  charge: Charge | undefined,
  currentCharge: number | undefined,
): SizeRow => ({
  memorySizeMb: measurement.memorySizeMb,
  outcome: measurement.outcome,
  marks: marksOf(measurement.memorySizeMb, report),
  measurement,
  ...charge,
  ...chargeChange(charge?.chargePerMillionUsd, currentCharge),
  ...halfInterval(measurement),
});

const marksOf = (memorySizeMb: number, report: Report): SizeMark[] => {
  const marks: SizeMark[] = [];
  if (memorySizeMb === report.recommendation?.memorySizeMb) marks.push("recommended");
  if (report.recommendation?.tiedWithMb.includes(memorySizeMb) === true) marks.push("tied");
  if (memorySizeMb === report.currentMemorySize) marks.push("current");
  return marks;
};

const chargeChange = (
  charge: number | undefined,
  currentCharge: number | undefined,
): Pick<SizeRow, "chargeChangePercent"> =>
  charge === undefined || currentCharge === undefined || currentCharge <= 0
    ? {}
    : { chargeChangePercent: (charge / currentCharge - 1) * 100 };

const halfInterval = ({ durationMs }: MeasurementSummary): Pick<SizeRow, "halfIntervalPercent"> => {
  if (durationMs?.meanInterval === undefined || durationMs.mean <= 0) return {};
  const { lower, upper } = durationMs.meanInterval;
  return { halfIntervalPercent: (Math.max(upper - durationMs.mean, durationMs.mean - lower) / durationMs.mean) * 100 };
};
