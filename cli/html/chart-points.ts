import { type SizeMark, sizeRows } from "../../core/report/render-rows.ts";
import type { Report } from "../../core/report/schema.ts";

/** A measured size as a point of a chart. */
export interface ChartPoint {
  readonly memoryMb: number;
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  /** The figure that tables give for the size: the measured duration, the charge as the advice estimates it. */
  readonly stated: number;
  readonly marks: readonly SizeMark[];
}

/** A point of the fitted curve, with its band. */
export interface CurvePoint {
  readonly memoryMb: number;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Everything one chart shows. */
export interface ChartData {
  readonly points: readonly ChartPoint[];
  /** Empty when no model was fitted. */
  readonly curve: readonly CurvePoint[];
  /** Sizes that could not be measured. */
  readonly unusableMb: readonly number[];
}

/** Mean duration against memory, in milliseconds. */
export const durationData = (report: Report): ChartData => ({
  points: sizeRows(report).flatMap(({ memorySizeMb, marks, measurement: { durationMs } }) =>
    durationMs === undefined
      ? []
      : [
          {
            memoryMb: memorySizeMb,
            value: durationMs.mean,
            ...durationMs.meanInterval,
            stated: durationMs.mean,
            marks,
          },
        ],
  ),
  curve: (report.model?.curve ?? []).map(({ memorySizeMb, durationMs, durationIntervalMs }) => ({
    memoryMb: memorySizeMb,
    value: durationMs,
    lower: durationIntervalMs?.lower ?? durationMs,
    upper: durationIntervalMs?.upper ?? durationMs,
  })),
  unusableMb: unusable(report),
});

/** Charge of a million invocations against memory, in US dollars. */
export const chargeData = (report: Report): ChartData => ({
  points: sizeRows(report).flatMap(({ memorySizeMb, marks, measurement: { chargePerMillionUsd: charge }, ...row }) =>
    charge === undefined
      ? []
      : [
          {
            memoryMb: memorySizeMb,
            value: charge.mean,
            ...charge.interval,
            stated: row.chargePerMillionUsd ?? charge.mean,
            marks,
          },
        ],
  ),
  curve: (report.model?.curve ?? []).map(({ memorySizeMb, chargePerMillionUsd, chargeIntervalUsd }) => ({
    memoryMb: memorySizeMb,
    value: chargePerMillionUsd,
    lower: chargeIntervalUsd?.lower ?? chargePerMillionUsd,
    upper: chargeIntervalUsd?.upper ?? chargePerMillionUsd,
  })),
  unusableMb: unusable(report),
});

const unusable = (report: Report): number[] =>
  report.measurements.filter(({ outcome }) => outcome !== "measured").map(({ memorySizeMb }) => memorySizeMb);
