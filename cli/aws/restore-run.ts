import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { z } from "zod";
import { RunFailedError } from "../../core/errors/run-failed-error.ts";
import { restorationSchema } from "../../core/report/schema.ts";
import { describeInherited } from "../../core/run/inherited-version.ts";
import type { Call } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { confirm } from "../output/confirm.ts";
import { writeResult } from "../output/write-result.ts";
import { loadReport } from "../reports/load-report.ts";
import { awsSettings, inRegionOf, isElsewhere } from "./aws-settings.ts";
import { callingAws } from "./calling-aws.ts";
import { clientSettings } from "./client-settings.ts";
import { type AwsSession, openSession } from "./run/aws-session.ts";
import { describeRun } from "./run/describe-run.ts";
import { executionArnOf, isExecutionArn, runIdOf } from "./run/execution-arn.ts";
import { stopRun } from "./run/stop-run.ts";

const cleanedSchema = z.object({
  cleaned: z.array(z.object({ runId: z.string(), functionArn: z.string(), restoration: restorationSchema.strip() })),
});

/** What the clean-up did. */
type Cleaned = z.output<typeof cleanedSchema>["cleaned"];

/**
 * Has the clean-up in the account put back what a run left changed.
 *
 * @throws {@link RunFailedError} under the clean-up's own error name, when something is left.
 */
export const restoreRun = async (run: string, call: Call): Promise<ExitCode> => {
  const settings = awsSettings(call.given);
  if (!isElsewhere(settings) && (await wasLocal(run))) {
    const text = `Run ${run} was made on this machine: no function was changed, and nothing is left of it.\n`;
    return writeResult(call.shared.output === "json" ? '{ "cleaned": [] }\n' : text, call, exitCodes.done);
  }
  const session = await openSession(isExecutionArn(run) ? inRegionOf(run, settings, call.given) : settings);
  const executionArn = executionArnOf(session.installation, run);
  const runId = runIdOf(executionArn);
  if ((await describeRun(session, executionArn))?.status === "RUNNING") {
    await confirm(`Run ${runId} is still under way. Stop it?`, call);
    await stopRun(session, executionArn);
  }
  const cleaned = await cleanUp(session, runId);
  const text =
    call.shared.output === "json" ? `${JSON.stringify({ cleaned }, undefined, 2)}\n` : describe(runId, cleaned);
  return writeResult(text, call, exitCodes.done);
};

/** Whether the folder's own record of a run says that its function lived in this machine's processes alone. */
const wasLocal = async (run: string): Promise<boolean> => {
  try {
    return (await loadReport(run)).report.run.engine !== "aws";
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
};

/** The clean-up function's own timeout, and some. */
const socketTimeoutMs = 930_000;

const cleanUp = async ({ settings, installation }: AwsSession, runId: string): Promise<Cleaned> => {
  const { cleanUpFunctionArn } = installation;
  const client = new LambdaClient({ ...clientSettings(settings, socketTimeoutMs), maxAttempts: 1 });
  const { Payload: payload, FunctionError: failed } = await callingAws(
    settings,
    "lambda:InvokeFunction",
    cleanUpFunctionArn,
    () =>
      client.send(
        new InvokeCommand({ FunctionName: cleanUpFunctionArn, Payload: JSON.stringify({ restore: { runId } }) }),
      ),
  ).finally(() => client.destroy());
  const answer = payload?.transformToString() ?? "";
  if (failed !== undefined) throw failureOf(runId, answer);
  return cleanedSchema.parse(JSON.parse(answer)).cleaned;
};

const failureOf = (runId: string, answer: string): RunFailedError => {
  const { data } = z.object({ errorType: z.string() }).safeParse(JSON.parse(answer));
  return new RunFailedError(runId, data?.errorType ?? "Lambda.Unknown", answer);
};

const describe = (runId: string, cleaned: Cleaned): string => {
  if (cleaned.length === 0) {
    return `Run ${runId} holds no function any more: it has cleaned up after itself, or somebody has.\n`;
  }
  return cleaned
    .map(({ functionArn, restoration }) => `${functionArn}: ${words(restoration)}${releases(restoration)}\n`)
    .join("");
};

const words = ({ equal, after }: Cleaned[number]["restoration"]): string => {
  if (equal) return "as it was before the run; nothing of the run is left.";
  return after === undefined
    ? "the function is gone, and the run's versions with it."
    : "nothing of the run is left; what somebody else has changed since stays.";
};

const releases = ({ before, after = before, inheritedVersions: versions }: Cleaned[number]["restoration"]): string =>
  versions === undefined ? "" : ` ${describeInherited(versions, after.memorySizeMb)}`;
