import type { AwsSession } from "./aws-session.ts";
import { describeRun } from "./describe-run.ts";
import { executionArnOf } from "./execution-arn.ts";
import { attemptName } from "./run-name.ts";

/** What there is of a run already: nothing yet, one under way, or one that has answered. */
export type FoundRun =
  | { readonly kind: "new"; readonly runId: string }
  | { readonly kind: "running"; readonly executionArn: string }
  | { readonly kind: "answered"; readonly executionArn: string };

/** Failed attempts at one request within the 90 days that Step Functions remembers names. */
const mostAttempts = 50;

/**
 * Finds the run of a name: the one under way, the one that has answered, or the first name that is free. Attempts that
 * failed or were stopped are passed over.
 *
 * @param again - Passes over answers too: the person wants a new one.
 */
export const findRun = async (session: AwsSession, name: string, again: boolean): Promise<FoundRun> => {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const runId = attemptName(name, attempt);
    const executionArn = executionArnOf(session.installation, runId);
    const described = await describeRun(session, executionArn);
    if (described === undefined) return { kind: "new", runId };
    if (described.status === "RUNNING") return { kind: "running", executionArn };
    if (described.status === "SUCCEEDED" && !again) return { kind: "answered", executionArn };
  }
  return { kind: "new", runId: `${name}-${Date.now()}` };
};
