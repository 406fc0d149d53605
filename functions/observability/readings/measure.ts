import { decodeSamples } from "../../../core/invocation/sample-codec.ts";
import type { Sample } from "../../../core/invocation/sample.ts";
import type { SizeMeasurement } from "../../../core/run/measurement.ts";
import { chargeOfSamples } from "../../measuring/charge-of-samples.ts";
import { measureInputSchema, measureProgressSchema } from "../../measuring/measure-input.ts";
import type { Readings } from "../reading.ts";

/**
 * What this call of Measure has sent and spent: said at once, so that a run that fails or is stopped later has been
 * counted.
 */
export const readings: Readings = (event, answer) => {
  const { job, target, progress } = measureInputSchema.parse(event);
  const before = tallyOf(progress?.measurement);
  const after = tallyOf(measureProgressSchema.parse(answer).measurement);
  const invocations = after.invocations - before.invocations;
  if (invocations === 0) return [];
  const samples = after.samples.slice(before.samples.length);
  return [
    { metric: "spendUsd", value: chargeOfSamples(samples, job.memorySizeMb, target) },
    { metric: "targetInvocations", value: invocations },
    { metric: "failedInvocations", value: invocations - samples.filter(({ status }) => status === "ok").length },
  ];
};

/** A call goes on with the samples of the one before it, when our own deadline came first. */
const tallyOf = (measurement: SizeMeasurement | undefined): { samples: readonly Sample[]; invocations: number } => ({
  samples: decodeSamples(measurement?.samples ?? ""),
  invocations: measurement?.invocations ?? 0,
});
