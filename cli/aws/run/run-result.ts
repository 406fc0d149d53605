import { RunFailedError } from "../../../core/errors/run-failed-error.ts";
import { dryRunSchema } from "../../../core/planning/dry-run.ts";
import type { Report } from "../../../core/report/schema.ts";
import type { TuneResult } from "../../../local/engine.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { isJsonObject } from "../../flags/json-object.ts";
import { parseReport } from "../../reports/parse-report.ts";
import { type DescribedRun, describeRun } from "./describe-run.ts";
import { runIdOf } from "./execution-arn.ts";
import { followCommand } from "./follow-command.ts";
import type { AwsSession } from "./aws-session.ts";
import { readStoredReport } from "./stored-report.ts";

/** What a run gave, and the document as it came: a newer version may have added fields. */
export type RunResult = TuneResult & { readonly document: unknown };

/**
 * The result of a run that has ended.
 *
 * @param seen - A report that was seen on the way: a run may fail after it was made.
 * @throws {@link RunFailedError} when the run failed, under the failure's own name.
 * @throws {@link UsageError} when there is no such run, or when it has not ended.
 */
export const runResult = async (session: AwsSession, executionArn: string, seen?: Report): Promise<RunResult> => {
  const described = await describeRun(session, executionArn);
  const runId = runIdOf(executionArn);
  if (described === undefined) {
    throw new UsageError(
      `There is no run ${runId} in ${executionArn.split(":")[3]}. Step Functions forgets runs after 90 days; their reports stay in the bucket ${session.installation.reportBucketName}: lambda-tuner report s3://...`,
    );
  }
  switch (described.status) {
    case "SUCCEEDED":
      return resultOf(session, described);
    case "RUNNING":
    case "PENDING_REDRIVE":
      throw new UsageError(
        `The run ${runId} is still under way. Follow it with: ${followCommand(session, executionArn)}`,
      );
    default:
      throw failureOf(runId, described, seen);
  }
};

const resultOf = async (session: AwsSession, { output, executionArn = "" }: DescribedRun): Promise<RunResult> => {
  const document = parsedJson(output);
  const dryRun = dryRunSchema.safeParse(document);
  if (dryRun.success) return { kind: "dry-run", dryRun: dryRun.data, document };
  const reportUri = isJsonObject(document) ? document["reportUri"] : undefined;
  const isWhole = isJsonObject(document) && "schemaVersion" in document;
  const read =
    !isWhole && typeof reportUri === "string"
      ? await readStoredReport(session.settings, reportUri)
      : parseReport(output ?? "", `the output of run ${runIdOf(executionArn)}`);
  return { kind: "report", report: read.report, document: read.document };
};

const failureOf = (runId: string, { status, error, cause }: DescribedRun, seen: Report | undefined): RunFailedError => {
  if (status === "ABORTED") {
    const why = [error, cause].filter((part) => part !== undefined && part !== "").join(": ");
    const said = why === "" ? "it was stopped" : `it was stopped (${why})`;
    return new RunFailedError(runId, "ABORTED", `${said}; its clean-up runs in AWS by itself.`, seen);
  }
  return new RunFailedError(runId, error ?? status ?? "FAILED", cause ?? "Step Functions gives no cause.", seen);
};

const parsedJson = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
