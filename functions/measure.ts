import type { SizeMeasurement } from "../core/run/measurement.ts";
import type { HandlerContext } from "./handler-context.ts";
import { type MeasureInput, measureInputSchema, type MeasureProgress } from "./measuring/measure-input.ts";
import { payloadSource } from "./measuring/payload-source.ts";
import { runSize } from "./measuring/run-size.ts";
import { withError } from "./measuring/seen-errors.ts";
import { createSizeRun, progressOf } from "./measuring/size-run.ts";
import { timeIsOver } from "./measuring/time-is-over.ts";
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
  if (!input.versions.some(({ memorySizeMb }) => memorySizeMb === input.job.memorySizeMb)) {
    return withoutSamples(input, { outcome: "unavailable" });
  }
  if (input.progress === undefined && timeIsOver(input.limits)) {
    return withoutSamples(input, { outcome: "unavailable", errors: withError([], "NotReached", notReached) });
  }
  try {
    return await measured(input, context, gbSeconds);
  } catch (error) {
    context.signal?.throwIfAborted();
    return withoutSamples(input, { outcome: "failing", errors: errorsOf(error) });
  }
};

const notReached = "The time in which a run may measure was over before this size was reached.";

/** What was measured before a failure is kept. */
const measured = async (
  input: MeasureInput,
  context: HandlerContext,
  gbSeconds: () => number,
): Promise<MeasureProgress> => {
  const run = createSizeRun(input, await payloadSource(input.request.payloads, input.request.seed), context);
  try {
    await runSize(run);
    return progressOf(run, gbSeconds());
  } catch (error) {
    context.signal?.throwIfAborted();
    const { remaining: _nothing, measurement, ...progress } = progressOf(run, gbSeconds());
    const errors = errorsOf(error, measurement.errors);
    return { ...progress, measurement: { ...measurement, outcome: "failing", errors } };
  }
};

const errorsOf = (error: unknown, before: SizeMeasurement["errors"] = []): SizeMeasurement["errors"] => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return withError(before, name, message);
};

const withoutSamples = (
  { job, progress }: MeasureInput,
  facts: Pick<SizeMeasurement, "outcome"> & Partial<SizeMeasurement>,
): MeasureProgress => ({
  measurement: { memorySizeMb: job.memorySizeMb, samples: "", errors: [], invocations: 0, throttles: 0, ...facts },
  usedVersions: 0,
  calls: (progress?.calls ?? 0) + 1,
  tunerGbSeconds: progress?.tunerGbSeconds ?? 0,
});
