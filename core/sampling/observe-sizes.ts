import { decodeSamples } from "../invocation/sample-codec.ts";
import type { Sample } from "../invocation/sample.ts";
import type { SizeMeasurement } from "../run/measurement.ts";

/** What one size has shown, with its samples sorted into those that enter statistics and those that do not. */
export interface SizeObservation {
  readonly memorySizeMb: number;
  /** Warm, successful samples in the order they were taken: what durations and charges are estimated from. */
  readonly warm: readonly Sample[];
  /** Successful samples that started their environment. */
  readonly cold: readonly Sample[];
  /** Every sample that was billed, failures included. */
  readonly all: readonly Sample[];
  readonly outcome: SizeMeasurement["outcome"];
  readonly maxMemoryUsedMb?: number;
  /** Invocations sent, measured or not. */
  readonly invocations: number;
}

/**
 * Decodes measurements, smallest size first; several entries of one size are not expected and stay apart.
 *
 * @param measurements - All sizes of the run so far, in any order.
 */
export const observeSizes = (measurements: readonly SizeMeasurement[]): SizeObservation[] =>
  measurements.map(observeSize).sort((a, b) => a.memorySizeMb - b.memorySizeMb);

/** Sizes whose samples can be estimated from: measured, with at least one successful sample. */
export const usableSizes = (observations: readonly SizeObservation[]): SizeObservation[] => {
  const measured = observations.filter((size) => size.outcome === "measured");
  const warm = measured.filter((size) => size.warm.length > 0);
  if (warm.length > 0) return warm;
  // Nothing but cold starts was asked for: they are then what is compared.
  return measured.filter((size) => size.cold.length > 0).map((size) => ({ ...size, warm: size.cold }));
};

const observeSize = (measurement: SizeMeasurement): SizeObservation => {
  const all = decodeSamples(measurement.samples);
  const ok = all.filter((sample) => sample.status === "ok");
  return {
    memorySizeMb: measurement.memorySizeMb,
    warm: ok.filter((sample) => !sample.cold),
    cold: ok.filter((sample) => sample.cold),
    all,
    outcome: measurement.outcome,
    ...(measurement.maxMemoryUsedMb === undefined ? {} : { maxMemoryUsedMb: measurement.maxMemoryUsedMb }),
    invocations: measurement.invocations,
  };
};
