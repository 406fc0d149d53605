import { AccessDeniedError } from "../../../core/errors/access-denied-error.ts";
import { type Report, reportSchema } from "../../../core/report/schema.ts";
import type { Estimate } from "../../../core/run/run-state.ts";
import type { HostEvent } from "../../../local/endpoint/execution-host.ts";
import type { Call } from "../../command.ts";
import { EnvironmentError } from "../../errors/environment-error.ts";
import { InterruptedError } from "../../errors/interrupted-error.ts";
import { isJsonObject } from "../../flags/json-object.ts";
import { interruptible } from "../../interruptible.ts";
import { ask } from "../../output/confirm.ts";
import { reportSecondSignal } from "../../output/second-signal.ts";
import { type ProgressDisplay, showProgress } from "../../progress/show-progress.ts";
import type { AwsSession } from "./aws-session.ts";
import { runIdOf } from "./execution-arn.ts";
import { followCommand } from "./follow-command.ts";
import { followRun } from "./follow-run.ts";
import { measuredSize } from "./measured-size.ts";
import { persistently } from "./persistently.ts";
import { type RunResult, runResult } from "./run-result.ts";
import { awaitCleanUp, stopRun } from "./stop-run.ts";
import { plannedFunction, type StoppedTarget, stoppedTarget } from "./stopped-target.ts";

/**
 * Shows a run until it has ended, and gives its result. Ctrl-C asks whether to stop the run too.
 *
 * @param started - Absent where the run was started before.
 */
export const watchRun = async (
  call: Call,
  session: AwsSession,
  executionArn: string,
  started?: StartedRun,
): Promise<RunResult> => {
  const display = showProgress(call, started);
  const seen: SeenInRun = {};
  const followHint = `The run goes on in AWS; follow it with: ${followCommand(session, executionArn)}`;
  try {
    return await interruptible(
      async (signal) => {
        try {
          const onEvent = (event: HostEvent) => show(event, display, seen);
          await followRun(session, executionArn, { signal, onEvent, say: display.say, isNew: started !== undefined });
          const ended = () => runResult(session, executionArn, seen.report);
          return await persistently(ended, { signal, say: display.say });
        } catch (error) {
          if (!signal.aborted) throw withHint(error, followHint);
          display.stop();
          throw await stopOrLeave(call, session, executionArn, seen.functionArn);
        }
      },
      {
        onFirst: () => display.stop(),
        onSecond: (error) => reportSecondSignal(call, error, followHint),
      },
    );
  } finally {
    display.stop();
  }
};

/** A run that was started just now. */
export interface StartedRun {
  /** Its estimate, as it was shown before; a dry run has none. */
  readonly announced?: Estimate;
}

/** What the history has told so far. */
interface SeenInRun {
  functionArn?: string;
  /** A run can fail after its report is made. */
  report?: Report;
}

const show = (event: HostEvent, display: ProgressDisplay, seen: SeenInRun): void => {
  const size = measuredSize(event);
  if (size !== undefined) display.onMeasured(size);
  display.onEvent(event);
  const functionArn = plannedFunction(event);
  if (functionArn !== undefined) seen.functionArn = functionArn;
  if (event.kind === "state-entered" && event.state.name === "StoreReport" && isJsonObject(event.input)) {
    const { data } = reportSchema.safeParse(event.input["report"]);
    if (data !== undefined) seen.report = data;
  }
};

/** What keeps this command from following says nothing of the run. */
const withHint = (error: unknown, hint: string): unknown =>
  error instanceof EnvironmentError || error instanceof AccessDeniedError
    ? new EnvironmentError(`${error.message}\n${hint}`, { cause: error })
    : error;

/** @returns What to say of the run; `interruptible` adds which signal it was. */
const stopOrLeave = async (
  call: Call,
  session: AwsSession,
  executionArn: string,
  seenFunctionArn: string | undefined,
): Promise<Error> => {
  const runId = runIdOf(executionArn);
  if (!(await wantsStop(call, runId))) {
    return new Error(
      `The run ${runId} goes on in AWS, and cleans up after itself. Follow it with: ${followCommand(session, executionArn)}`,
    );
  }
  await stopRun(session, executionArn);
  const target: StoppedTarget =
    seenFunctionArn === undefined
      ? await stoppedTarget(session, executionArn)
      : { kind: "planned", functionArn: seenFunctionArn };
  if (target.kind === "untouched") {
    return new Error(`The run ${runId} was stopped before it had touched the function.`);
  }
  if (target.kind === "unknown") {
    return new Error(
      `The run ${runId} was stopped, and its clean-up runs in AWS. How far it had come could not be read; what is left is removed by: lambda-tuner restore ${runId}`,
    );
  }
  call.notes.say("Stopped. Waiting until the function is as it was; Ctrl-C again leaves that to the clean-up in AWS.");
  return awaitCleanUp(session, executionArn, target.functionArn);
};

const wantsStop = async (call: Call, runId: string): Promise<boolean> => {
  try {
    return (await ask(`Stop the run ${runId} in AWS as well?`, call)) ?? false;
  } catch (error) {
    if (error instanceof InterruptedError) return false;
    throw error;
  }
};
