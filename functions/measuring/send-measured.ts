import { ProcessorError } from "../../core/errors/processor-error.ts";
import type { Sample } from "../../core/invocation/sample.ts";
import type { LogRecord } from "../../core/invocation/log-record.ts";
import { type Invocation, type InvocationRequest, invokeTarget } from "../aws/invoke-target.ts";
import type { NextPayload } from "./payload-source.ts";
import { patiently } from "./patiently.ts";
import { postProcess, preProcessed } from "./processors.ts";
import { readInvocation } from "./read-invocation.ts";
import type { SizeRun } from "./size-run.ts";

/** Type under which an invocation is counted that ran longer than this function can wait. */
const tooSlow = "TooSlowToMeasure";
const outlasted = "ran longer than the measuring function could wait.";

/**
 * Sends one invocation, again for as long as it is throttled, and notes what became of it.
 *
 * @throws ProcessorError, and the signal's reason when the run is interrupted.
 */
export const sendMeasured = async (
  run: SizeRun,
  version: string,
  lane: number,
  { payload, text }: NextPayload,
): Promise<void> => {
  const { request, target, round } = run.input;
  const body = await preparedPayload(run, text);
  const invocation = await sendAccepted(run, { functionArn: target.functionArn, qualifier: version, payload: body });
  if (invocation === undefined) return;
  run.tally.sent();
  if (invocation.kind === "unanswered") run.tally.failed(invocation.error.type, invocation.error.message);
  if (invocation.kind !== "answered") return;
  const { status, record, failure } = readInvocation(invocation, request.allowedErrors);
  if (failure !== undefined) run.tally.failed(failure.type, failure.message);
  if (record !== undefined) run.tally.measured({ ...timesOf(record), status, lane, payload, round }, record);
  await withPostProcessor(run, invocation.payload);
};

const preparedPayload = async (run: SizeRun, text: string): Promise<string> => {
  const { preProcessorArn: arn } = run.input.request;
  if (arn === undefined) return text;
  const output = await patiently(run, "pre-processor", async (signal) => preProcessed(arn, text, signal));
  if (output === undefined) throw new ProcessorError("pre-processor", arn, `it ${outlasted}`);
  return output;
};

const withPostProcessor = async (run: SizeRun, output: string): Promise<void> => {
  const { postProcessorArn: arn } = run.input.request;
  if (arn === undefined) return;
  const done = await patiently(run, "post-processor", async (signal) => {
    await postProcess(arn, output, signal);
    return true;
  });
  if (done === undefined) throw new ProcessorError("post-processor", arn, `it ${outlasted}`);
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

/** @returns What became of the invocation, or nothing when it was throttled until there was no time left to try. */
const sendAccepted = async (
  run: SizeRun,
  request: Omit<InvocationRequest, "signal">,
): Promise<Exclude<Invocation, { kind: "throttled" }> | undefined> => {
  do {
    if (!(await run.backOff.ready((ms) => run.time.mayWait(ms), run.signal))) return undefined;
    const invocation = await invokePatiently(run, request);
    if (invocation.kind !== "throttled") {
      run.backOff.accepted();
      return invocation;
    }
    run.tally.throttled();
    run.backOff.throttled();
  } while (!run.backOff.isExhausted);
  return undefined;
};

const invokePatiently = async (run: SizeRun, request: Omit<InvocationRequest, "signal">): Promise<Invocation> => {
  const invocation = await patiently(run, "target", async (signal) => invokeTarget({ ...request, signal }));
  if (invocation !== undefined) return invocation;
  run.tooSlow = true;
  return { kind: "unanswered", error: { type: tooSlow, message: `It ${outlasted}` } };
};
