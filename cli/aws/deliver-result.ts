import { RunFailedError } from "../../core/errors/run-failed-error.ts";
import type { Call } from "../command.ts";
import type { ExitCode } from "../exit-codes.ts";
import { deliverDryRun } from "../tune/deliver-dry-run.ts";
import { deliverReport, keepReportOfFailure } from "../tune/deliver-report.ts";
import type { AwsSession } from "./run/aws-session.ts";
import type { RunResult } from "./run/run-result.ts";
import { type StartedRun, watchRun } from "./run/watch-run.ts";

/** Follows a run in AWS to its end and shows its result, just as that of a local run is shown. */
export const watchAndDeliver = async (
  call: Call,
  session: AwsSession,
  executionArn: string,
  started?: StartedRun,
): Promise<ExitCode> => {
  try {
    return await deliverResult(await watchRun(call, session, executionArn, started), call);
  } catch (error) {
    if (error instanceof RunFailedError && error.report !== undefined) await keepReportOfFailure(error.report, call);
    throw error;
  }
};

/** Shows what a run gave. */
export const deliverResult = (result: RunResult, call: Call): Promise<ExitCode> =>
  result.kind === "dry-run" ? deliverDryRun(result.dryRun, call) : deliverReport(result.report, call, result.document);
