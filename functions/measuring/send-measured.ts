import { ProcessorError } from "../../core/errors/processor-error.ts";
import type { LogRecord } from "../../core/invocation/log-record.ts";
import type { Sample } from "../../core/invocation/sample.ts";
import { tooSlowToMeasure } from "../../core/run/measurement.ts";
import { type Invocation, type InvocationRequest, invokeTarget } from "../aws/invoke-target.ts";
import { patiently } from "./patiently.ts";
import type { NextPayload } from "./payload-source.ts";
import { readInvocation } from "./read-invocation.ts";
import { runProcessor } from "./run-processor.ts";
import type { SizeRun } from "./size-run.ts";
import { untilAccepted } from "./until-accepted.ts";

/**
 * Sends one invocation, again for as long as it is throttled, and notes what became of it.
 *
 * A processor that fails makes it a failed invocation, like an error of the target's own.
 *
 * @throws The signal's reason when the run is interrupted.
 */
export const sendMeasured = async (
  run: SizeRun,
  version: string,
  lane: number,
  { payload, text }: NextPayload,
): Promise<void> => {
  const { request, target, round } = run.input;
  const prepared = await runProcessor(run, "pre-processor", text);
  if (prepared === undefined) return;
  if (prepared.kind === "failed") return noteUnmeasured(run, prepared.error.name, prepared.error.message);
  const { functionArn } = target;
  const invocation = await sendAccepted(run, { functionArn, qualifier: version, payload: prepared.output });
  if (invocation === undefined) return;
  if (invocation.kind === "unanswered") return noteUnmeasured(run, invocation.error.type, invocation.error.message);
  const { status, record, failure } = readInvocation(invocation, request.allowedErrors);
  const fault = await postProcessorFault(run, invocation.payload);
  run.tally.sent();
  if (failure !== undefined) run.tally.failed(failure.type, failure.message);
  if (fault !== undefined) run.tally.failed(fault.name, fault.message);
  if (record === undefined) return;
  const statusOfAll = status === "ok" && fault !== undefined ? "error" : status;
  run.tally.measured({ ...timesOf(record), status: statusOfAll, lane, payload, round }, record);
};

const noteUnmeasured = ({ tally }: SizeRun, type: string, message: string): void => {
  tally.sent();
  tally.failed(type, message);
};

const postProcessorFault = async (run: SizeRun, output: string): Promise<Error | undefined> => {
  const processed = await runProcessor(run, "post-processor", output);
  if (processed?.kind === "answered") return undefined;
  const arn = run.input.request.postProcessorArn ?? "";
  return (
    processed?.error ?? new ProcessorError("post-processor", arn, "it was throttled until there was no time left.")
  );
};

const timesOf = ({
  durationMs,
  billedMs,
  initMs,
  restoreMs,
  cold,
}: LogRecord): Omit<Sample, "status" | "lane" | "payload" | "round"> => ({
  durationMs,
  billedMs,
  ...(initMs === undefined ? {} : { initMs }),
  ...(restoreMs === undefined ? {} : { restoreMs }),
  cold,
});

const sendAccepted = async (
  run: SizeRun,
  request: Omit<InvocationRequest, "signal">,
): Promise<Exclude<Invocation, { kind: "throttled" }> | undefined> =>
  untilAccepted(run, async () => invokePatiently(run, request));

const invokePatiently = async (run: SizeRun, request: Omit<InvocationRequest, "signal">): Promise<Invocation> => {
  const invocation = await patiently(run, "target", async (signal) => invokeTarget({ ...request, signal }));
  if (invocation !== undefined) return invocation;
  run.tooSlow = true;
  const message = "It ran longer than the measuring function could wait.";
  return { kind: "unanswered", error: { type: tooSlowToMeasure, message } };
};
