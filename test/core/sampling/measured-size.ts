import { encodeSamples } from "../../../core/invocation/sample-codec.ts";
import type { Sample } from "../../../core/invocation/sample.ts";
import type { SizeMeasurement } from "../../../core/run/measurement.ts";
import { observeSizes, type SizeObservation } from "../../../core/sampling/observe-sizes.ts";

/** A warm call: its duration in milliseconds, or more about it. */
export type WarmCall = number | (Partial<Sample> & { readonly durationMs: number });

/** A size after one cold call, twice as slow as the first warm one with 100 ms of init, and the given warm calls. */
export const measuredSize = (
  memorySizeMb: number,
  warmCalls: readonly WarmCall[],
  facts: Partial<SizeMeasurement> = {},
): SizeMeasurement => {
  const warm = warmCalls.map(warmSample);
  const [first] = warm;
  const samples = first === undefined ? [] : [coldBefore(first), ...warm];
  return {
    memorySizeMb,
    outcome: "measured",
    samples: encodeSamples(samples),
    maxMemoryUsedMb: 60,
    errors: [],
    invocations: samples.length,
    throttles: 0,
    ...facts,
  };
};

/** A size of warm calls of which so many ended in the given way, and the others well. */
export const sizeWithCalls = (
  memorySizeMb: number,
  status: Sample["status"],
  count: number,
  healthy: number,
  outcome: SizeMeasurement["outcome"],
): SizeMeasurement => {
  const call = { durationMs: 30, billedMs: 30, cold: false, lane: 0, payload: 0, round: 1 };
  const samples = [
    ...Array.from({ length: count }, () => ({ ...call, status })),
    ...Array.from({ length: healthy }, () => ({ ...call, status: "ok" as const })),
  ];
  const invocations = samples.length;
  return { memorySizeMb, outcome, samples: encodeSamples(samples), errors: [], invocations, throttles: 0 };
};

/** A size where every call ended in the given way. */
export const failedSize = (
  memorySizeMb: number,
  outcome: "out-of-memory" | "timed-out" | "failing",
  calls = 2,
): SizeMeasurement => {
  const status = outcome === "failing" ? "error" : outcome;
  const sample: Sample = { durationMs: 50, billedMs: 150, cold: true, status, lane: 0, payload: 0, round: 1 };
  return {
    memorySizeMb,
    outcome,
    samples: encodeSamples(Array.from({ length: calls }, () => sample)),
    errors: [{ type: outcome, count: calls, example: "as told" }],
    invocations: calls,
    throttles: 0,
  };
};

/** Sizes as sampling sees them. */
export const observed = (...sizes: readonly SizeMeasurement[]): SizeObservation[] => observeSizes(sizes);

/** So many calls of the same duration. */
export const times = (count: number, durationMs: number): number[] => Array.from({ length: count }, () => durationMs);

const warmSample = (call: WarmCall): Sample => {
  const facts = typeof call === "number" ? { durationMs: call } : call;
  return {
    billedMs: Math.max(1, Math.ceil(facts.durationMs)),
    cold: false,
    status: "ok",
    lane: 0,
    payload: 0,
    round: 1,
    ...facts,
  };
};

const coldBefore = ({ durationMs, lane, round }: Sample): Sample => ({
  durationMs: 2 * durationMs,
  billedMs: Math.ceil(2 * durationMs + 100),
  initMs: 100,
  cold: true,
  status: "ok",
  lane,
  payload: 0,
  round,
});
