import type { Report } from "../../../core/report/schema.ts";
import type { TargetConfiguration } from "../../../core/run/target.ts";
import { readSettings } from "../../../local/direct/deployed-function.ts";
import type { Call } from "../../command.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { findReport } from "../../reports/find-report.ts";
import { type AwsSettings, awsSettings, inRegionOf, isElsewhere } from "../aws-settings.ts";
import { callingAws } from "../calling-aws.ts";

/** A report, and the deployed function that it is about as it is now. */
export interface ReportOnFunction {
  readonly report: Report;
  readonly settings: AwsSettings;
  readonly now: TargetConfiguration;
}

/**
 * Finds the report that a command names, and its function.
 *
 * @throws {@link UsageError} for a report on code of this machine: no deployed function is meant.
 */
export const reportOnFunction = async (call: Call): Promise<ReportOnFunction> => {
  const { report } = await findReport(call.arguments[0] ?? "-", call);
  const { functionArn } = report;
  const settings = inRegionOf(functionArn, awsSettings(call.given), call.given);
  if (report.run.engine !== "aws" && !isElsewhere(settings)) {
    throw new UsageError(
      `The report is on code that ran on this machine, not on a deployed function. Tune the function itself: lambda-tuner tune <name>`,
    );
  }
  const now = await callingAws(settings, "lambda:GetFunctionConfiguration", functionArn, () =>
    readSettings(settings, functionArn),
  );
  return { report, settings, now };
};
