import { AlreadyRunningError } from "../../core/errors/already-running-error.ts";
import { describeBasis } from "../../core/planning/estimate-basis.ts";
import { latestWarnings } from "../../core/planning/latest-warning.ts";
import { tooLongWarnings } from "../../core/planning/run-time.ts";
import { formatTimeout, formatWait } from "../../core/report/format-duration.ts";
import { formatMemory } from "../../core/report/format-memory.ts";
import { formatCount } from "../../core/report/format-number.ts";
import { formatUsd } from "../../core/report/format-usd.ts";
import type { Estimate } from "../../core/run/run-state.ts";
import type { Target } from "../../core/run/target.ts";
import { describeWarning } from "../../core/warning.ts";
import type { Call } from "../command.ts";
import { EnvironmentError } from "../errors/environment-error.ts";
import type { ExitCode } from "../exit-codes.ts";
import { confirm } from "../output/confirm.ts";
import { requireOutput } from "../output/require-output.ts";
import type { DeployedTarget } from "../tune/resolve-target.ts";
import { awsSettings, inRegionOf } from "./aws-settings.ts";
import { deliverResult, watchAndDeliver } from "./deliver-result.ts";
import { type DeployedRequest, deployedRequest } from "./deployed-request.ts";
import { estimateFound } from "./estimate-in-account.ts";
import { findFunction, orMistypedPath } from "./find-function.ts";
import { noteOtherVersion } from "./installation.ts";
import { type AwsSession, openSession } from "./run/aws-session.ts";
import { describeRun } from "./run/describe-run.ts";
import { executionArnOf, runIdOf } from "./run/execution-arn.ts";
import { findRun, type FoundRun } from "./run/find-run.ts";
import { dryRunName, runName } from "./run/run-name.ts";
import { runResult } from "./run/run-result.ts";
import { startRun } from "./run/start-run.ts";

/** Tunes a deployed function: finds the run that answers the request, or starts it, and shows what it says. */
export const tuneDeployed = async (named: DeployedTarget, call: Call): Promise<ExitCode> => {
  const asked = await deployedRequest(named, call);
  if (asked.request.dryRun) requireOutput(call, ["table", "json"]);
  const settings = inRegionOf(named.functionArn, awsSettings(call.given), call.given);
  const session = await orMistypedPath(named.functionArn, () => openSession(settings));
  noteOtherVersion(session.installation, call);
  const target = await targetOrRun(session, named, asked);
  if (target.kind === "running") return joinRun(call, session, target.executionArn);
  const { function: found } = target;
  requireSameAccount(session, found);
  const input = inputOf(asked, found);
  const run = await runOf(call, session, found, asked, input);
  if (run.kind === "running") return joinRun(call, session, run.executionArn);
  if (run.kind === "answered") return showAnswer(call, session, run.executionArn);
  const announced = await announce(call, session, found, asked);
  const executionArn = await startRun(session, run.runId, input);
  call.notes.say(`Run ${run.runId}`);
  return watchAndDeliver(call, session, executionArn, announced === undefined ? {} : { announced });
};

type TargetOrRun =
  | { readonly kind: "found"; readonly function: Target }
  | { readonly kind: "running"; readonly executionArn: string };

/** A function that a run is just changing does not show its own settings; when it is the same request, that run is ours. */
const targetOrRun = async (
  session: AwsSession,
  { functionArn }: DeployedTarget,
  asked: DeployedRequest,
): Promise<TargetOrRun> => {
  try {
    const found = await orMistypedPath(functionArn, () => findFunction(session.settings, functionArn));
    return { kind: "found", function: found };
  } catch (error) {
    if (!(error instanceof AlreadyRunningError)) throw error;
    const executionArn = executionArnOf(session.installation, error.otherRunId);
    const other = await describeRun(session, executionArn);
    const ours = JSON.stringify({ ...asked.stated, functionArn: qualified(error.functionArn, functionArn) });
    if (other?.status === "RUNNING" && other.input === ours) return { kind: "running", executionArn };
    throw error;
  }
};

/** The request names the function by its ARN: the same run, whichever way it was named. */
const inputOf = ({ stated }: DeployedRequest, { functionArn, qualifier }: Target): string =>
  JSON.stringify({ ...stated, functionArn: qualifier === undefined ? functionArn : `${functionArn}:${qualifier}` });

const qualified = (functionArn: string, named: string): string => {
  const qualifier = named.startsWith("arn:") ? named.split(":")[7] : /^[^:]+:([^:]+)$/.exec(named)?.[1];
  return qualifier === undefined || qualifier === "$LATEST" ? functionArn : `${functionArn}:${qualifier}`;
};

const requireSameAccount = ({ installation }: AwsSession, { functionArn, accountId }: Target): void => {
  const ours = installation.stateMachineArn.split(":")[4];
  if (ours === accountId) return;
  throw new EnvironmentError(
    `${functionArn} belongs to account ${accountId}, and the lambda-tuner that was found to ${ours}. Choose credentials of that account with --profile.`,
  );
};

const runOf = async (
  { given }: Call,
  session: AwsSession,
  target: Target,
  { request }: DeployedRequest,
  input: string,
): Promise<FoundRun> => {
  if (request.dryRun) return { kind: "new", runId: dryRunName(target, new Date()) };
  const name = runName({ input, target, installation: session.installation });
  return findRun(session, name, given.get("--again")?.value === true);
};

const joinRun = (call: Call, session: AwsSession, executionArn: string): Promise<ExitCode> => {
  call.notes.say(`Run ${runIdOf(executionArn)} is under way with this very request: following it.`);
  return watchAndDeliver(call, session, executionArn);
};

const showAnswer = async (call: Call, session: AwsSession, executionArn: string): Promise<ExitCode> => {
  call.notes.say(
    `Run ${runIdOf(executionArn)} has answered this request, and the function has not changed since: nothing is measured or charged. --again measures anew.`,
  );
  return deliverResult(await runResult(session, executionArn), call);
};

/**
 * Says what is about to happen, and asks. A dry run was asked for already, and costs one invocation.
 *
 * @returns What the run is expected to take; absent for a dry run.
 */
const announce = async (
  call: Call,
  { settings }: AwsSession,
  target: Target,
  { request }: DeployedRequest,
): Promise<Estimate | undefined> => {
  const { memorySizeMb, timeoutSeconds } = target.original;
  const what = `${target.functionName} (${target.region}, ${formatMemory(memorySizeMb)}, ${formatTimeout(timeoutSeconds)})`;
  if (request.dryRun) {
    call.notes.say(`Dry run of ${what}: it is invoked once and not changed.`);
    return undefined;
  }
  const { estimate } = await estimateFound(settings, target, request);
  const { invocations, expectedUsd, worstCaseUsd, expectedSeconds, basis } = estimate;
  call.notes.say(`Tuning ${what}.`);
  if (basis !== undefined) call.notes.say(`Expectations rest on ${describeBasis(basis)}.`);
  const warnings = [...(basis === undefined ? [] : latestWarnings(basis)), ...tooLongWarnings(estimate)];
  for (const warning of warnings) call.notes.warn(describeWarning(warning));
  const cost = `${formatUsd(expectedUsd)} expected, at most ${formatUsd(worstCaseUsd)}`;
  await confirm(
    `Start a run of about ${formatCount(invocations, "invocation")} and ${formatWait(expectedSeconds)}: ${cost}${applyWords(request.apply)}?`,
    call,
  );
  return estimate;
};

const applyWords = ({ memory, timeout, alias }: DeployedRequest["request"]["apply"]): string => {
  const what = [...(memory ? ["memory"] : []), ...(timeout ? ["timeout"] : [])].join(" and ");
  if (what === "") return "";
  return `, then set ${what}${alias === undefined ? " on $LATEST" : ` behind the alias ${alias}`}`;
};
