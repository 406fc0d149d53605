import { InvokeCommand } from "@aws-sdk/client-lambda";
import { z } from "zod";
import type { DryRun } from "../core/planning/dry-run.ts";
import { droppedSizesWarnings } from "../core/planning/dropped-sizes.ts";
import { estimateInputOf } from "../core/planning/estimate-input.ts";
import { estimateSpend } from "../core/planning/estimate-spend.ts";
import { firstRound } from "../core/planning/first-round.ts";
import { latestWarnings } from "../core/planning/latest-warning.ts";
import { transitionsBeforeTheRounds } from "../core/planning/transitions.ts";
import { parseRequest } from "../core/request/parse-request.ts";
import type { TuningRequest } from "../core/request/schema.ts";
import type { RunIdentity } from "../core/run/run-state.ts";
import { samplingContextOf } from "../core/run/sampling-context.ts";
import type { Target } from "../core/run/target.ts";
import { lambdaControlClient } from "./aws/clients.ts";
import { callLambda } from "./aws/lambda-errors.ts";
import { engineFacts } from "./engine-facts.ts";
import type { ExecutionState } from "./execution-state.ts";
import type { HandlerContext } from "./handler-context.ts";
import { payloadSource } from "./measuring/payload-source.ts";
import { dispatchRound } from "./planning/dispatch-round.ts";
import { dryRun } from "./planning/dry-run.ts";
import { durationWarnings } from "./planning/duration-warnings.ts";
import { engineWarnings } from "./planning/engine-warnings.ts";
import { findTarget } from "./planning/find-target.ts";
import { lockTimes } from "./planning/lock-times.ts";
import { recentDuration } from "./planning/recent-duration.ts";
import { targetReference } from "./planning/target-reference.ts";

const planInputSchema = z.strictObject({
  /** The execution's input: a request of ours, or of aws-lambda-power-tuning. */
  input: z.unknown(),
  execution: z.strictObject({
    id: z.string(),
    arn: z.string().optional(),
    startedAt: z.iso.datetime({ offset: true }),
  }),
});

/**
 * Plan: checks the request and the target, chooses the first round and estimates the spend. Changes nothing.
 *
 * @returns The state of the execution; for a dry run what would be done.
 * @throws InvalidRequestError, PayloadError, TargetNotFoundError, UntunableTargetError, AlreadyRunningError,
 *   AccessDeniedError, BudgetExceededError
 */
export const handler = async (event: unknown, context: HandlerContext): Promise<ExecutionState | DryRun> => {
  const { input, execution } = planInputSchema.parse(event);
  const { request: asked, warnings } = parseRequest(input);
  const target = await findTarget(targetReference(asked.functionArn));
  const request = withinConcurrency(asked, target);
  await payloadSource(request.payloads, request.seed);
  await checkPermissionToInvoke(target);
  const sampling = samplingContextOf({ request, target });
  const jobs = firstRound(sampling);
  const facts = engineFacts();
  const recent = await recentDuration(target, request.lookbackDays, Date.parse(execution.startedAt), context.signal);
  const basis = recent.kind === "production" ? recent : (facts.expectation ?? recent);
  const lock = lockTimes(Date.now());
  const round = dispatchRound({ request, target, measurements: [], lock }, jobs);
  const estimateInput = estimateInputOf(request, target, round.jobs, round.sizesAtOnce, basis);
  const run: RunIdentity = {
    id: execution.id,
    engine: facts.engine,
    startedAt: new Date(execution.startedAt).toISOString(),
  };
  const allWarnings = [
    ...warnings,
    ...engineWarnings(facts),
    ...droppedSizesWarnings(sampling, jobs),
    ...(facts.engine === "aws" ? latestWarnings(basis) : []),
  ];
  if (request.dryRun) return dryRun(run, request, target, estimateInput, allWarnings, context);
  const estimate = estimateSpend(estimateInput);
  return {
    run,
    request,
    target,
    estimate,
    warnings: [...allWarnings, ...durationWarnings(run, estimate)],
    round: 1,
    next: "measure",
    versions: [],
    unavailable: [],
    measurements: [],
    ...round,
    ...(execution.arn === undefined ? {} : { executionArn: execution.arn }),
    lock,
    overhead: { transitions: transitionsBeforeTheRounds, tunerGbSeconds: 0 },
    ...(facts.cpuBackend === undefined ? {} : { cpuBackend: facts.cpuBackend }),
    ...(facts.cappedAtMb === undefined ? {} : { cappedAtMb: facts.cappedAtMb }),
  };
};

/** The account's own limit counts before the request's. */
const withinConcurrency = (request: TuningRequest, target: Target): TuningRequest => ({
  ...request,
  sampling: {
    ...request.sampling,
    concurrency: Math.max(1, Math.min(request.sampling.concurrency, target.availableConcurrency ?? Infinity)),
  },
});

/** Lambda checks the permission and the name, and runs nothing. */
const checkPermissionToInvoke = async (target: Target): Promise<void> => {
  await callLambda("lambda:InvokeFunction", target.functionArn, () =>
    lambdaControlClient().send(new InvokeCommand({ FunctionName: target.functionArn, InvocationType: "DryRun" })),
  );
};
