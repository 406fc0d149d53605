import { existsSync } from "node:fs";
import type { Call } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import { loadReport } from "./load-report.ts";
import type { ReadReport } from "./parse-report.ts";

/**
 * Finds a report wherever it may be: a file, stdin (`-`), a run of this folder, a run in AWS by its id or by the ARN of
 * its execution, or an object in S3.
 *
 * @throws {@link UsageError} when there is none, or it is no report.
 */
export const findReport = async (source: string, call: Call): Promise<ReadReport> => {
  if (/^(arn:|s3:)/.test(source)) return inAws(source, call);
  try {
    return await loadReport(source);
  } catch (error) {
    if (!(error instanceof UsageError) || !mayBeRun(source)) throw error;
    const { seemsSetUp } = await import("../aws/aws-settings.ts");
    if (!seemsSetUp(call.given)) throw error;
    return inAws(source, call);
  }
};

const mayBeRun = (source: string): boolean =>
  /^[^/\\]+$/.test(source) && source !== "-" && !source.endsWith(".json") && !existsSync(source);

const inAws = async (source: string, call: Call): Promise<ReadReport> => {
  const { reportInAws } = await import("../aws/report-in-aws.ts");
  return reportInAws(source, call);
};
