import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { RunInterruptedError } from "../../../core/errors/run-interrupted-error.ts";
import { findLeftovers } from "../../../local/direct/find-leftovers.ts";
import { callingAws } from "../calling-aws.ts";
import type { AwsSession } from "./aws-session.ts";
import { runIdOf } from "./execution-arn.ts";
import { pause } from "./pause.ts";

/** Stops a run's execution; a rule in AWS then starts the clean-up. */
export const stopRun = async ({ settings, stepFunctions }: AwsSession, executionArn: string): Promise<void> => {
  const command = new StopExecutionCommand({ executionArn, error: "Tuner.Interrupted", cause: "Stopped by a person." });
  await callingAws(settings, "states:StopExecution", executionArn, () => stepFunctions.send(command));
};

const lookEveryMs = 2000;
const patienceMs = 180_000;
/** A function that was running when the execution was stopped may still leave something behind. */
const cleanLooksInARow = 2;

/**
 * Waits until nothing of a stopped run is left on its target.
 *
 * @returns What to say of the run: whether the target is known to be as it was.
 */
export const awaitCleanUp = async (
  { settings }: AwsSession,
  executionArn: string,
  functionArn: string,
): Promise<Error> => {
  const runId = runIdOf(executionArn);
  const endsAt = performance.now() + patienceMs;
  for (let cleanLooks = 0; performance.now() < endsAt; ) {
    const leftovers = await findLeftovers(settings, functionArn, runId);
    if (leftovers === undefined) {
      return new Error(
        `The run ${runId} was stopped, and its clean-up runs in AWS. You may not look whether anything is left; what is left is removed by: lambda-tuner restore ${runId}`,
      );
    }
    cleanLooks = leftovers.length === 0 ? cleanLooks + 1 : 0;
    if (cleanLooks === cleanLooksInARow) return new RunInterruptedError(runId, true);
    await pause(lookEveryMs, never);
  }
  return new RunInterruptedError(runId, false);
};

const never = new AbortController().signal;
