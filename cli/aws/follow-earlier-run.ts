import type { Call } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import type { ExitCode } from "../exit-codes.ts";
import { awsSettings, inRegionOf } from "./aws-settings.ts";
import { watchAndDeliver } from "./deliver-result.ts";
import { openSession } from "./run/aws-session.ts";
import { describeRun } from "./run/describe-run.ts";
import { executionArnOf, isExecutionArn } from "./run/execution-arn.ts";

/**
 * Follows a run that was started before, from its beginning.
 *
 * @param run - Its id, or the ARN of its execution.
 * @throws {@link UsageError} when there is none.
 */
export const followEarlierRun = async (run: string, call: Call): Promise<ExitCode> => {
  const settings = awsSettings(call.given);
  const session = await openSession(isExecutionArn(run) ? inRegionOf(run, settings, call.given) : settings);
  const executionArn = executionArnOf(session.installation, run);
  if ((await describeRun(session, executionArn)) === undefined) {
    throw new UsageError(`There is no run ${run} in ${executionArn.split(":")[3]}. Check its id and the region.`);
  }
  return watchAndDeliver(call, session, executionArn);
};
