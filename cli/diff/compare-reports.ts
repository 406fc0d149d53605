import { type SizeRow, sizeRows } from "../../core/report/render-rows.ts";
import type { Report } from "../../core/report/schema.ts";

/** How a figure changed between two reports. */
export interface Change {
  readonly before: number;
  readonly after: number;
  readonly percent: number;
  /** Whether the intervals of the two are apart; absent when either has none. */
  readonly isClear?: boolean;
}

/** A size that both reports measured. */
export interface SizeComparison {
  readonly memorySizeMb: number;
  readonly durationMs: Change;
  readonly chargePerMillionUsd: Change;
}

/** A setting that is advised in both. */
export interface AdviceComparison {
  readonly before?: number;
  readonly after?: number;
}

/** Two reports, side by side. */
export interface ReportComparison {
  readonly functionArn: { readonly before: string; readonly after: string };
  readonly runId: { readonly before: string; readonly after: string };
  readonly memorySizeMb: AdviceComparison;
  readonly timeoutSeconds: AdviceComparison;
  /** Charge of a million invocations at what each report recommends. */
  readonly recommendedChargePerMillionUsd?: Change;
  readonly sizes: readonly SizeComparison[];
  /** Why the figures may not compare, in whole sentences. */
  readonly caveats: readonly string[];
}

/** Compares what two reports advise, and the sizes that both measured. */
export const compareReports = (before: Report, after: Report): ReportComparison => ({
  functionArn: { before: before.functionArn, after: after.functionArn },
  runId: { before: before.run.id, after: after.run.id },
  memorySizeMb: advice(before.recommendation?.memorySizeMb, after.recommendation?.memorySizeMb),
  timeoutSeconds: advice(before.recommendation?.timeoutSeconds, after.recommendation?.timeoutSeconds),
  ...recommendedCharge(before, after),
  sizes: sizeRows(after).flatMap((later) => {
    const earlier = sizeRows(before).find(({ memorySizeMb }) => memorySizeMb === later.memorySizeMb);
    return earlier === undefined ? [] : compareSizes(earlier, later);
  }),
  caveats: caveatsOf(before, after),
});

const advice = (before: number | undefined, after: number | undefined): AdviceComparison => ({
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

const recommendedCharge = (
  { recommendation: before }: Report,
  { recommendation: after }: Report,
): Pick<ReportComparison, "recommendedChargePerMillionUsd"> =>
  before === undefined || after === undefined
    ? {}
    : {
        recommendedChargePerMillionUsd: change(
          figure(before.chargePerMillionUsd.expected, before.chargePerMillionUsd.interval),
          figure(after.chargePerMillionUsd.expected, after.chargePerMillionUsd.interval),
        ),
      };

const compareSizes = (before: SizeRow, after: SizeRow): SizeComparison[] => {
  const [earlier, later] = [before.measurement.durationMs, after.measurement.durationMs];
  if (earlier === undefined || later === undefined) return [];
  if (before.chargePerMillionUsd === undefined || after.chargePerMillionUsd === undefined) return [];
  return [
    {
      memorySizeMb: after.memorySizeMb,
      durationMs: change(figure(earlier.mean, earlier.meanInterval), figure(later.mean, later.meanInterval)),
      chargePerMillionUsd: change(
        figure(before.chargePerMillionUsd, before.chargeIntervalUsd),
        figure(after.chargePerMillionUsd, after.chargeIntervalUsd),
      ),
    },
  ];
};

interface Interval {
  readonly lower: number;
  readonly upper: number;
}

interface Figure {
  readonly value: number;
  readonly interval: Interval | undefined;
}

const figure = (value: number, interval: Interval | undefined): Figure => ({ value, interval });

const change = (before: Figure, after: Figure): Change => ({
  before: before.value,
  after: after.value,
  percent: before.value === 0 ? 0 : (after.value / before.value - 1) * 100,
  ...(before.interval === undefined || after.interval === undefined
    ? {}
    : { isClear: before.interval.upper < after.interval.lower || after.interval.upper < before.interval.lower }),
});

const caveatsOf = (before: Report, after: Report): string[] => {
  const differences = [
    [before.run.engine, after.run.engine, "engines"],
    [before.run.cpuBackend ?? "", after.run.cpuBackend ?? "", "CPU backends"],
    [before.prices.region, after.prices.region, "price regions"],
    [before.prices.architecture, after.prices.architecture, "architectures"],
    [before.functionArn, after.functionArn, "functions"],
  ] as const;
  return differences
    .filter(([one, other]) => one !== other)
    .map(([one, other, what]) => `The reports are of different ${what}: ${one} and ${other}.`);
};
