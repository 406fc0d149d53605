import { ProcessorError, type ProcessorRole } from "../../core/errors/processor-error.ts";
import { patiently } from "./patiently.ts";
import { invokeProcessor, type Processing } from "./processors.ts";
import type { SizeRun } from "./size-run.ts";
import { untilAccepted } from "./until-accepted.ts";

/**
 * Runs a processor of the request, again for as long as it is throttled. One that the request does not name gives back
 * what it is given.
 *
 * @returns What became of it, or nothing when it was throttled until there was no time left to try.
 */
export const runProcessor = async (
  run: SizeRun,
  role: ProcessorRole,
  payload: string,
): Promise<Exclude<Processing, { kind: "throttled" }> | undefined> => {
  const { preProcessorArn, postProcessorArn } = run.input.request;
  const arn = role === "pre-processor" ? preProcessorArn : postProcessorArn;
  if (arn === undefined) return { kind: "answered", output: payload };
  return untilAccepted<Processing>(
    run,
    async () =>
      (await patiently(run, role, async (signal) => invokeProcessor(role, arn, payload, signal))) ?? {
        kind: "failed",
        error: new ProcessorError(role, arn, "it ran longer than the measuring function could wait."),
      },
  );
};
