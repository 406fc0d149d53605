import type { HandlerContext } from "./handler-context.ts";
import { type MeasureInput, measureInputSchema, type MeasureProgress } from "./measuring/measure-input.ts";
import { payloadSource } from "./measuring/payload-source.ts";
import { runSize } from "./measuring/run-size.ts";
import { withError } from "./measuring/seen-errors.ts";
import { createSizeRun, progressOf } from "./measuring/size-run.ts";
import { stopwatch } from "./stopwatch.ts";

/**
 * Measure: invokes one size's version and returns its samples.
 *
 * Stops at its own deadline with what it has and what remains. Whatever goes wrong at a size is a finding of that size,
 * so that the other sizes are measured in any case.
 */
export const handler = async (event: unknown, context: HandlerContext): Promise<MeasureProgress> => {
  const input = measureInputSchema.parse(event);
  const gbSeconds = stopwatch();
  if (!input.versions.some(({ memorySizeMb }) => memorySizeMb === input.job.memorySizeMb)) return unavailable(input);
  const run = createSizeRun(input, await payloadSource(input.request.payloads, input.request.seed), context);
  try {
    await runSize(run);
    return progressOf(run, gbSeconds());
  } catch (error) {
    context.signal?.throwIfAborted();
    const { remaining: _nothing, ...progress } = progressOf(run, gbSeconds());
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const errors = withError(progress.measurement.errors, name, message);
    return { ...progress, measurement: { ...progress.measurement, outcome: "failing", errors } };
  }
};

/** Provision said why, in the state. */
const unavailable = ({ job }: MeasureInput): MeasureProgress => ({
  measurement: {
    memorySizeMb: job.memorySizeMb,
    outcome: "unavailable",
    samples: "",
    errors: [],
    invocations: 0,
    throttles: 0,
  },
  usedVersions: 0,
  calls: 1,
  tunerGbSeconds: 0,
});
