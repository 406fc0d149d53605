import type { TuningRequest } from "../../core/request/schema.ts";
import type { Target } from "../../core/run/target.ts";
import { readRecentDuration } from "../../local/direct/recent-duration.ts";
import type { Call } from "../command.ts";
import { latestReport } from "../reports/latest-report.ts";
import { estimateDeployed, type RunEstimate } from "../tune/estimate-run.ts";
import type { DeployedTarget } from "../tune/resolve-target.ts";
import { type AwsSettings, awsSettings, inRegionOf } from "./aws-settings.ts";
import { deployedRequest } from "./deployed-request.ts";
import { findFunction, orMistypedPath } from "./find-function.ts";

/** Estimates a run of a deployed function. It need not be known to a lambda-tuner there: reading its settings is enough. */
export const estimateInAccount = async (target: DeployedTarget, call: Call): Promise<RunEstimate> => {
  const { request } = await deployedRequest(target, call);
  const settings = inRegionOf(target.functionArn, awsSettings(call.given), call.given);
  const found = await orMistypedPath(target.functionArn, () => findFunction(settings, target.functionArn));
  return estimateFound(settings, found, request);
};

/** Estimates a run of a function that was found, from what CloudWatch and earlier reports say of it. */
export const estimateFound = async (
  settings: AwsSettings,
  found: Target,
  request: TuningRequest,
): Promise<RunEstimate> => {
  const [production, latest] = await Promise.all([
    readRecentDuration(settings, found, request.lookbackDays),
    latestReport(found.functionName),
  ]);
  return estimateDeployed(found, request, production, latest);
};
