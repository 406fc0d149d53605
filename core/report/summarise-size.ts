import { max, mean, min } from "simple-statistics";
import { decodeSamples } from "../invocation/sample-codec.ts";
import type { Sample } from "../invocation/sample.ts";
import { invocationCharge } from "../pricing/invocation-charge.ts";
import type { BookedPrices } from "../pricing/price-book.ts";
import type { SizeMeasurement } from "../run/measurement.ts";
import { type Interval, meanInterval } from "../statistics/mean-interval.ts";
import { quantile } from "../statistics/quantile.ts";
import { supportsPercentile } from "../statistics/supported-percentile.ts";
import type { MeasurementSummary } from "./schema.ts";

export interface SummaryOptions {
  /** Of the intervals, two-sided. */
  readonly confidence: number;
  /** Configured size of `/tmp`, in MB. */
  readonly ephemeralStorageMb: number;
  /** Whether every single sample is part of the summary. */
  readonly includeSamples: boolean;
}

/** What charging an invocation takes. */
type Prices = Pick<BookedPrices, "usdPerGbSecond" | "usdPerRequest" | "storageUsdPerGbSecond">;

/**
 * The statistics of one size, as the report shows them.
 *
 * Only warm, successful samples enter durations and charges; cold ones are counted apart. Every sample is charged from
 * what the platform billed, and the charges are averaged: no outlier is dropped, because none is left out of the bill. A
 * percentile that n cannot support, an interval of a single sample, a statistic of no samples: all are absent.
 *
 * @param measurement - All that the size has shown.
 * @param prices - Prices; `usdPerGbSecond` is the one of the user's tier.
 * @throws RangeError when the measurement's samples are not encoded ones.
 */
export const summariseSize = (
  measurement: SizeMeasurement,
  prices: Prices,
  options: SummaryOptions,
): MeasurementSummary => {
  const samples = decodeSamples(measurement.samples);
  const successful = samples.filter(({ status }) => status === "ok");
  const warm = successful.filter(({ cold }) => !cold);
  const cold = successful.filter((sample) => sample.cold);
  const { memorySizeMb, outcome, maxMemoryUsedMb, errors } = measurement;
  return {
    memorySizeMb,
    outcome,
    ...(warm.length > 0 && {
      durationMs: durationsOf(warm, options.confidence),
      chargePerMillionUsd: chargesOf(warm, memorySizeMb, prices, options),
    }),
    ...(cold.length > 0 && { coldStart: coldStartsOf(cold, memorySizeMb, prices, options) }),
    ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
    errors,
    ...(options.includeSamples && { samples: samples.map(publicSample) }),
  };
};

const durationsOf = (warm: readonly Sample[], confidence: number): NonNullable<MeasurementSummary["durationMs"]> => {
  const durations = warm.map(({ durationMs }) => durationMs);
  const interval = positiveInterval(durations, confidence);
  return {
    n: durations.length,
    mean: mean(durations),
    ...(interval !== undefined && { meanInterval: interval }),
    ...percentilesOf(durations),
    min: min(durations),
    max: max(durations),
  };
};

const percentiles = { p50: 50, p90: 90, p95: 95, p99: 99 } as const;

const percentilesOf = (durations: readonly number[]): Partial<Record<keyof typeof percentiles, number>> =>
  Object.fromEntries(
    Object.entries(percentiles)
      .filter(([, percentile]) => supportsPercentile(durations.length, percentile))
      .map(([name, percentile]) => [name, quantile(durations, percentile / 100)]),
  );

const million = 1_000_000;

const chargesOf = (
  samples: readonly Sample[],
  memorySizeMb: number,
  prices: Prices,
  { confidence, ephemeralStorageMb }: SummaryOptions,
): NonNullable<MeasurementSummary["chargePerMillionUsd"]> => {
  const charges = samples.map(
    ({ billedMs }) => million * invocationCharge({ billedMs, memorySizeMb, ephemeralStorageMb }, prices),
  );
  const interval = positiveInterval(charges, confidence);
  return { mean: mean(charges), ...(interval !== undefined && { interval }) };
};

/** Neither durations nor charges are negative, so what an interval has below 0 says nothing. */
const positiveInterval = (values: readonly number[], confidence: number): Interval | undefined => {
  const interval = meanInterval(values, confidence);
  return interval === undefined ? undefined : { lower: Math.max(0, interval.lower), upper: interval.upper };
};

const coldStartsOf = (
  cold: readonly Sample[],
  memorySizeMb: number,
  prices: Prices,
  options: SummaryOptions,
): NonNullable<MeasurementSummary["coldStart"]> => {
  const inits = cold.flatMap(({ initMs }) => (initMs === undefined ? [] : [initMs]));
  const restores = cold.flatMap(({ restoreMs }) => (restoreMs === undefined ? [] : [restoreMs]));
  const durations = cold.map(({ durationMs }) => durationMs);
  return {
    n: cold.length,
    ...(inits.length > 0 && { initMs: { mean: mean(inits), max: max(inits) } }),
    durationMs: { mean: mean(durations), max: max(durations) },
    ...(restores.length > 0 && { restoreMs: { mean: mean(restores), max: max(restores) } }),
    chargePerMillionUsd: { mean: chargesOf(cold, memorySizeMb, prices, options).mean },
  };
};

const publicSample = ({
  durationMs,
  billedMs,
  initMs,
  cold,
  status,
}: Sample): NonNullable<MeasurementSummary["samples"]>[number] => ({
  durationMs,
  billedMs,
  ...(initMs !== undefined && { initMs }),
  cold,
  status,
});
