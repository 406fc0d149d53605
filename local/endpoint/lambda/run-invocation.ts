import { putInvocationMetrics, putThrottleMetrics } from "../cloudwatch/invocation-metrics.ts";
import type { MetricStore } from "../cloudwatch/metric-store.ts";
import type { RunnerResult } from "../function-runner.ts";
import { ApiError } from "../http/api-error.ts";
import type { InvocationEvent } from "../invocation-event.ts";
import type { TraceIds, TraceStore } from "../xray/trace-store.ts";
import { admitInvocation, inFlightOf } from "./concurrency-limits.ts";
import { withinAnswerLimit } from "./invocation-payload.ts";
import type { InvocationTarget } from "./invocation-target.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { asRestored } from "./snap-start.ts";

/** One invocation that is to run. */
export interface Invocation {
  readonly target: InvocationTarget;
  readonly payload: Buffer;
  readonly requestId: string;
  /** Aborted when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/** What invocations leave behind. */
export interface InvocationEffects {
  readonly metrics: MetricStore;
  readonly traces: TraceStore;
  readonly onInvocation: (event: InvocationEvent) => void;
  /** Aborted when the endpoint closes: ends asynchronous invocations. */
  readonly closing: AbortSignal;
}

/** What became of an invocation, and its trace when the function is traced. */
export type InvocationResult = RunnerResult & { readonly tracing?: TraceIds };

/**
 * Runs an invocation within the limits of concurrency, and writes metrics and traces of it.
 *
 * @throws {@link ApiError} `TooManyRequestsException` at a limit, `ServiceException` when the runner itself fails.
 */
export const runInvocation = async (
  account: LambdaAccount,
  effects: InvocationEffects,
  invocation: Invocation,
): Promise<InvocationResult> => {
  const { record, version, deployment } = invocation.target;
  await endOutdatedEnvironments(invocation.target);
  const release = admitOrCount(account, effects, invocation.target);
  const concurrent = inFlightOf(record);
  const subject = { functionName: record.name, version, memorySizeMb: deployment.settings.MemorySize };
  effects.onInvocation({ ...subject, phase: "start" });
  let ended: Pick<InvocationEvent, "report" | "functionError"> = {};
  try {
    const tracing = openTrace(account, effects, invocation.target);
    const result = await invokeRunner(invocation, tracing);
    const { report, functionError } = result;
    ended = { report, ...(functionError !== undefined && { functionError }) };
    leaveTraces(account, effects, invocation, { ...result, ...(tracing !== undefined && { tracing }) }, concurrent);
    return tracing === undefined ? result : { ...result, tracing };
  } catch (cause) {
    throw new ApiError(500, "ServiceException", cause instanceof Error ? cause.message : String(cause));
  } finally {
    release();
    effects.onInvocation({ ...subject, phase: "end", ...ended });
  }
};

/** An update of `$LATEST` ends its environments; those in use are left to end by themselves. */
const endOutdatedEnvironments = async ({ record, version, deployment }: InvocationTarget): Promise<void> => {
  if (version !== "$LATEST") return;
  const before = record.environmentsOf;
  record.environmentsOf = deployment;
  const isSame = before?.settings === deployment.settings && before.code === deployment.code;
  if (before !== undefined && !isSame && !record.inFlight.has(version)) await record.runner.retire(version);
};

const admitOrCount = (account: LambdaAccount, effects: InvocationEffects, target: InvocationTarget): (() => void) => {
  const { record, qualifier, version } = target;
  try {
    return admitInvocation(account, record, version);
  } catch (error) {
    putThrottleMetrics(effects.metrics, { functionName: record.name, qualifier, epochMs: account.clock() });
    throw error;
  }
};

const openTrace = (
  account: LambdaAccount,
  { traces }: InvocationEffects,
  { deployment }: InvocationTarget,
): TraceIds | undefined =>
  deployment.settings.TracingConfig?.Mode === "Active" ? traces.open(account.clock()) : undefined;

const invokeRunner = async (
  { target, payload, requestId, signal }: Invocation,
  tracing: TraceIds | undefined,
): Promise<RunnerResult> => {
  const { record, version, invokedArn } = target;
  const { settings } = target.deployment;
  const result = await record.runner.invoke({
    functionName: record.name,
    invokedFunctionArn: invokedArn,
    version,
    memorySizeMb: settings.MemorySize,
    timeoutSeconds: settings.Timeout,
    environment: settings.Environment?.Variables ?? {},
    logFormat: settings.LoggingConfig?.LogFormat ?? "Text",
    requestId,
    payload,
    signal,
    ...(tracing !== undefined && { traceHeader: `Root=${tracing.traceId};Parent=${tracing.invocationId};Sampled=1` }),
  });
  const within = withinAnswerLimit(result);
  return { ...within, report: asRestored(within.report, target) };
};

const leaveTraces = (
  account: LambdaAccount,
  effects: InvocationEffects,
  { target, requestId }: Invocation,
  { report, functionError, tracing }: InvocationResult,
  concurrent: number,
): void => {
  const { record, version, qualifier } = target;
  const shared = { functionName: record.name, durationMs: report.durationMs, failed: functionError !== undefined };
  const epochMs = account.clock();
  putInvocationMetrics(effects.metrics, { ...shared, qualifier, executedVersion: version, epochMs, concurrent });
  if (tracing === undefined) return;
  effects.traces.close(tracing, { ...shared, functionArn: record.arn, requestId, endedAtMs: epochMs });
};
