import { columnDecimals, formatNumber } from "./format-number.ts";
import { formatChange, formatPercent } from "./format-percent.ts";
import type { SizeRow } from "./render-rows.ts";

/** A figure of a size, with its header and its text: what every table of sizes is made of. */
export interface FigureColumn {
  readonly id: "mean" | "half-interval" | "p50" | "p95" | "p99" | "charge" | "change" | "cold-init" | "used" | "n";
  readonly header: string;
  /** What the header means, for formats that have room for it. */
  readonly meaning: string;
  /** Empty where it was not measured. */
  readonly cell: (row: SizeRow) => string;
}

/**
 * The figures of the sizes, each column in one unit and one count of decimals.
 *
 * @param rows - All rows that will be shown: the column's unit follows from them.
 * @param confidence - Of the intervals, from 0 to 1.
 */
export const figureColumns = (rows: readonly SizeRow[], confidence: number | undefined): FigureColumn[] => {
  const duration = durationFormat(rows);
  const inUnit = (name: string) => `${name} ${duration.unit}`;
  const percentile = (id: "p50" | "p95" | "p99"): FigureColumn => ({
    id,
    header: inUnit(id),
    meaning: `${id.slice(1)} of 100 warm invocations take no longer; absent where the samples cannot support it`,
    cell: ({ measurement }) => duration.format(measurement.durationMs?.[id]),
  });
  const sure = confidence === undefined ? "" : ` with ${formatPercent(confidence * 100)} confidence`;
  return [
    {
      id: "mean",
      header: inUnit("mean"),
      meaning: "Mean duration of warm invocations",
      cell: ({ measurement }) => duration.format(measurement.durationMs?.mean),
    },
    {
      id: "half-interval",
      header: "±",
      meaning: `How far the true mean may be from it${sure}`,
      cell: ({ halfIntervalPercent }) => (halfIntervalPercent === undefined ? "" : formatPercent(halfIntervalPercent)),
    },
    percentile("p50"),
    percentile("p95"),
    percentile("p99"),
    {
      id: "charge",
      header: "$/million",
      meaning:
        "Compute, request fee and ephemeral storage of a million warm invocations in US dollars, as the advice estimates it from all sizes together",
      cell: chargeFormat(rows),
    },
    {
      id: "change",
      header: "vs now",
      meaning: "Charge against the current setting",
      cell: ({ chargeChangePercent, marks }) =>
        chargeChangePercent === undefined || marks.includes("current") ? "" : formatChange(chargeChangePercent),
    },
    {
      id: "cold-init",
      header: "init ms",
      meaning: "Mean init phase of a cold start",
      cell: ({ measurement }) => whole(measurement.coldStart?.initMs?.mean),
    },
    {
      id: "used",
      header: "used MB",
      meaning: "Most memory that any invocation used",
      cell: ({ measurement }) => whole(measurement.maxMemoryUsedMb),
    },
    {
      id: "n",
      header: "n",
      meaning: "Warm invocations measured",
      cell: ({ measurement }) => whole(measurement.durationMs?.n),
    },
  ];
};

const whole = (value: number | undefined): string => (value === undefined ? "" : formatNumber(value));

/** Milliseconds, or seconds when some size takes ten of them: one unit for all, or rows could not be compared. */
const durationFormat = (rows: readonly SizeRow[]) => {
  const means = rows.flatMap(({ measurement }) => measurement.durationMs?.mean ?? []);
  const inSeconds = Math.max(0, ...means) >= 10_000;
  const scale = inSeconds ? 1000 : 1;
  const decimals = columnDecimals(
    means.map((mean) => mean / scale),
    inSeconds ? 3 : 2,
  );
  return {
    unit: inSeconds ? "s" : "ms",
    format: (ms: number | undefined) => (ms === undefined ? "" : formatNumber(ms / scale, decimals)),
  };
};

const chargeFormat = (rows: readonly SizeRow[]): FigureColumn["cell"] => {
  const charges = rows.flatMap(({ chargePerMillionUsd }) => chargePerMillionUsd ?? []);
  const decimals = Math.max(2, columnDecimals(charges, 4));
  return ({ chargePerMillionUsd }) =>
    chargePerMillionUsd === undefined ? "" : formatNumber(chargePerMillionUsd, decimals);
};
