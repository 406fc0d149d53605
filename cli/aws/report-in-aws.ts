import type { Call } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import type { ReadReport } from "../reports/parse-report.ts";
import { awsSettings, inRegionOf } from "./aws-settings.ts";
import { openSession } from "./run/aws-session.ts";
import { executionArnOf, isExecutionArn } from "./run/execution-arn.ts";
import { runResult } from "./run/run-result.ts";
import { isS3Uri, readStoredReport } from "./run/stored-report.ts";

/**
 * The report of a run in AWS.
 *
 * @param source - The run's id, the ARN of its execution, or the object's `s3://` address.
 * @throws RunFailedError when the run failed; {@link UsageError} when there is none or it has no report.
 */
export const reportInAws = async (source: string, call: Call): Promise<ReadReport> => {
  const settings = awsSettings(call.given);
  if (isS3Uri(source)) return readStoredReport(settings, source);
  const session = await openSession(isExecutionArn(source) ? inRegionOf(source, settings, call.given) : settings);
  const result = await runResult(session, executionArnOf(session.installation, source));
  if (result.kind === "dry-run") throw new UsageError(`Run ${source} is a dry run: it has no report.`);
  return { report: result.report, document: result.document };
};
