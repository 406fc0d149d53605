import { z } from "zod";
import { decodeSamples } from "../../../core/invocation/sample-codec.ts";
import { sizeMeasurementSchema } from "../../../core/run/measurement.ts";
import type { HostEvent } from "../../../local/endpoint/execution-host.ts";
import type { MeasuredSize } from "../../progress/run-progress.ts";

const measuredSchema = z.object({
  round: z.int(),
  progress: z.object({ measurement: sizeMeasurementSchema.strip() }),
});

/** What a round has shown of a size, when an event tells it: each call of Measure does when it returns. */
export const measuredSize = (event: HostEvent): MeasuredSize | undefined => {
  if (event.kind !== "state-exited" || event.state.name !== "MeasureSize") return undefined;
  const { data } = measuredSchema.safeParse(event.output);
  if (data === undefined) return undefined;
  const { memorySizeMb, samples, invocations } = data.progress.measurement;
  const succeeded = samplesIn(samples).filter(({ status }) => status === "ok");
  return {
    memorySizeMb,
    round: data.round,
    done: invocations,
    failed: Math.max(0, invocations - succeeded.length),
    warmMs: succeeded.filter(({ cold }) => !cold).map(({ durationMs }) => durationMs),
  };
};

/** Samples of a newer version may be written in another way: then the table shows counts alone. */
const samplesIn = (text: string): ReturnType<typeof decodeSamples> => {
  try {
    return decodeSamples(text);
  } catch {
    return [];
  }
};
