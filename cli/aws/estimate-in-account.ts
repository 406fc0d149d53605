import type { Call } from "../command.ts";
import { latestReport } from "../reports/latest-report.ts";
import { estimateDeployed, type RunEstimate } from "../tune/estimate-run.ts";
import type { DeployedTarget } from "../tune/resolve-target.ts";
import { awsSettings, inRegionOf } from "./aws-settings.ts";
import { deployedRequest } from "./deployed-request.ts";
import { findFunction, orMistypedPath } from "./find-function.ts";

/** Estimates a run of a deployed function. It need not be known to a lambda-tuner there: reading its settings is enough. */
export const estimateInAccount = async (target: DeployedTarget, call: Call): Promise<RunEstimate> => {
  const { request } = await deployedRequest(target, call);
  const settings = inRegionOf(target.functionArn, awsSettings(call.given), call.given);
  const found = await orMistypedPath(target.functionArn, () => findFunction(settings, target.functionArn));
  return estimateDeployed(found, request, await latestReport(found.functionName));
};
