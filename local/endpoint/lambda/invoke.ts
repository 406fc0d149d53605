import { randomBytes, randomUUID } from "node:crypto";
import { putInvocationMetrics, putThrottleMetrics } from "../cloudwatch/invocation-metrics.ts";
import type { MetricStore } from "../cloudwatch/metric-store.ts";
import type { RunnerResult } from "../function-runner.ts";
import type { Answer } from "../http/answer.ts";
import { emptyAnswer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import { headerOf } from "../http/incoming-call.ts";
import type { RestOperation } from "../http/operation.ts";
import type { InvocationEvent } from "../invocation-event.ts";
import { admitInvocation, inFlightOf } from "./concurrency-limits.ts";
import { functionOperation } from "./function-operation.ts";
import { checkedPayload, invocationTypeOf, withinAnswerLimit } from "./invocation-payload.ts";
import { type InvocationTarget, invocationTarget } from "./invocation-target.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { logTail } from "./log-tail.ts";
import { asRestored } from "./snap-start.ts";

/** What invocations leave behind. */
export interface InvocationEffects {
  readonly metrics: MetricStore;
  readonly onInvocation: (event: InvocationEvent) => void;
  /** Aborted when the endpoint closes: ends asynchronous invocations. */
  readonly closing: AbortSignal;
}

/** The data plane: invoking functions. */
export const invokeOperations = (account: LambdaAccount, effects: InvocationEffects): readonly RestOperation[] => {
  let invocations = 0;
  return [
    {
      ...functionOperation(account, {
        name: "Invoke",
        iamAction: "InvokeFunction",
        method: "POST",
        path: "/2015-03-31/functions/{FunctionName}/invocations",
        handle: async (resolved, { call }) => {
          const type = invocationTypeOf(headerOf(call, "x-amz-invocation-type"));
          const payload = checkedPayload(call.body, type);
          // Multiples of the golden ratio fill 0..1 evenly: shares of a weighted alias hold from few invocations on.
          const draw = (++invocations * 0.618_033_988_749_895) % 1;
          const target = invocationTarget(account, resolved, draw);
          if (type === "DryRun") return emptyAnswer(204);
          const requestId = randomUUID();
          if (type === "Event") {
            void run(account, effects, target, payload, requestId, effects.closing).catch(() => undefined);
            return { ...emptyAnswer(202), headers: { "x-amzn-requestid": requestId } };
          }
          const result = await run(account, effects, target, payload, requestId, call.signal);
          const wantsTail = headerOf(call, "x-amz-log-type") === "Tail";
          return invocationAnswer(account, target, requestId, result, wantsTail);
        },
      }),
      parameters: ({ labels, call }) => ({
        ...labels,
        ...Object.fromEntries(call.query),
        InvocationType: headerOf(call, "x-amz-invocation-type") ?? "RequestResponse",
        LogType: headerOf(call, "x-amz-log-type") ?? "None",
      }),
    },
  ];
};

const run = async (
  account: LambdaAccount,
  effects: InvocationEffects,
  target: InvocationTarget,
  payload: Buffer,
  requestId: string,
  signal: AbortSignal,
): Promise<RunnerResult> => {
  const { record, version, deployment, qualifier } = target;
  const { settings } = deployment;
  await endOutdatedEnvironments(target);
  const release = admitOrCount(account, effects, target);
  const concurrent = inFlightOf(record);
  const subject = { functionName: record.name, version, memorySizeMb: settings.MemorySize };
  effects.onInvocation({ ...subject, phase: "start" });
  let ended: Omit<InvocationEvent, keyof typeof subject | "phase"> = {};
  try {
    const ran = withinAnswerLimit(
      await record.runner.invoke({
        ...subject,
        invokedFunctionArn: target.invokedArn,
        timeoutSeconds: settings.Timeout,
        environment: settings.Environment?.Variables ?? {},
        logFormat: settings.LoggingConfig?.LogFormat ?? "Text",
        requestId,
        payload,
        signal,
      }),
    );
    const result = { ...ran, report: asRestored(ran.report, target) };
    const { report, functionError } = result;
    ended = { report, ...(functionError !== undefined && { functionError }) };
    putInvocationMetrics(effects.metrics, {
      functionName: record.name,
      qualifier,
      executedVersion: version,
      epochMs: account.clock(),
      durationMs: report.durationMs,
      failed: functionError !== undefined,
      concurrent,
    });
    return result;
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
  try {
    return admitInvocation(account, target.record, target.version);
  } catch (error) {
    const { record, qualifier } = target;
    putThrottleMetrics(effects.metrics, { functionName: record.name, qualifier, epochMs: account.clock() });
    throw error;
  }
};

const invocationAnswer = (
  account: LambdaAccount,
  { version, deployment: { settings } }: InvocationTarget,
  requestId: string,
  result: RunnerResult,
  wantsTail: boolean,
): Answer => ({
  status: 200,
  headers: {
    "content-type": "application/json",
    "x-amzn-requestid": requestId,
    "x-amz-executed-version": version,
    ...(result.functionError !== undefined && { "x-amz-function-error": result.functionError }),
    ...(wantsTail && {
      "x-amz-log-result": logTail({
        requestId,
        version,
        runtime: settings.Runtime,
        logFormat: settings.LoggingConfig?.LogFormat ?? "Text",
        systemLogLevel: settings.LoggingConfig?.SystemLogLevel ?? "INFO",
        epochMs: account.clock(),
        output: result.output,
        report: result.report,
        ...(settings.TracingConfig?.Mode === "Active" && { tracing: newTrace(account.clock()) }),
      }),
    }),
  },
  body: result.payload,
});

const newTrace = (epochMs: number) => ({
  traceId: `1-${Math.floor(epochMs / 1000).toString(16)}-${randomBytes(12).toString("hex")}`,
  segmentId: randomBytes(8).toString("hex"),
});
