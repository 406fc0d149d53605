import { decodeSamples, encodeSamples } from "../../core/invocation/sample-codec.ts";
import type { Outcome, SizeMeasurement } from "../../core/run/measurement.ts";
import { mergeErrors } from "../measuring/seen-errors.ts";

/** Adds a round's measurements to those of the rounds before, by size, ascending. */
export const mergeMeasurements = (
  before: readonly SizeMeasurement[],
  round: readonly SizeMeasurement[],
): SizeMeasurement[] => {
  const bySize = new Map(before.map((measurement) => [measurement.memorySizeMb, measurement]));
  for (const next of round) {
    const known = bySize.get(next.memorySizeMb);
    bySize.set(next.memorySizeMb, known === undefined ? next : merged(known, next));
  }
  return [...bySize.values()].sort((a, b) => a.memorySizeMb - b.memorySizeMb);
};

const mostTraceIds = 5;

const merged = (known: SizeMeasurement, next: SizeMeasurement): SizeMeasurement => {
  const used = [known.maxMemoryUsedMb, next.maxMemoryUsedMb].filter((mb) => mb !== undefined);
  const traceIds = [...(known.traceIds ?? []), ...(next.traceIds ?? [])].slice(0, mostTraceIds);
  return {
    memorySizeMb: known.memorySizeMb,
    outcome: mergedOutcome(known, next),
    samples: encodeSamples([...decodeSamples(known.samples), ...decodeSamples(next.samples)]),
    ...(used.length === 0 ? {} : { maxMemoryUsedMb: Math.max(...used) }),
    errors: mergeErrors(known.errors, next.errors),
    invocations: known.invocations + next.invocations,
    throttles: known.throttles + next.throttles,
    ...(traceIds.length === 0 ? {} : { traceIds }),
  };
};

/** What a size has shown to be wrong with it stays; a round that sent nothing has shown nothing. */
const mergedOutcome = (known: SizeMeasurement, next: SizeMeasurement): Outcome => {
  if (next.invocations === 0) return known.outcome;
  if (known.invocations === 0) return next.outcome;
  const verdict = verdicts.find((outcome) => outcome === known.outcome || outcome === next.outcome);
  if (verdict !== undefined) return verdict;
  return known.outcome === "measured" ? known.outcome : next.outcome;
};

const verdicts: readonly Outcome[] = ["out-of-memory", "timed-out", "failing"];
