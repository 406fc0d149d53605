import { randomUUID } from "node:crypto";
import { type Answer, emptyAnswer } from "../http/answer.ts";
import { headerOf } from "../http/incoming-call.ts";
import type { RestOperation } from "../http/operation.ts";
import { functionOperation } from "./function-operation.ts";
import { checkedPayload, invocationTypeOf } from "./invocation-payload.ts";
import { invocationTarget } from "./invocation-target.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { logTail } from "./log-tail.ts";
import { type Invocation, type InvocationEffects, type InvocationResult, runInvocation } from "./run-invocation.ts";

/** The data plane: invoking functions. */
export const invokeOperations = (account: LambdaAccount, effects: InvocationEffects): readonly RestOperation[] => {
  let invocations = 0;
  const invoke = functionOperation(account, {
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
      const invocation = { target, payload, requestId: randomUUID(), signal: call.signal };
      if (type === "Event") return runInBackground(account, effects, invocation);
      const result = await runInvocation(account, effects, invocation);
      return invocationAnswer(account, invocation, result, headerOf(call, "x-amz-log-type") === "Tail");
    },
  });
  return [{ ...invoke, parameters: withoutPayload }];
};

const withoutPayload: RestOperation["parameters"] = ({ labels, call }) => ({
  ...labels,
  ...Object.fromEntries(call.query),
  InvocationType: headerOf(call, "x-amz-invocation-type") ?? "RequestResponse",
  LogType: headerOf(call, "x-amz-log-type") ?? "None",
});

/** Nobody waits for an asynchronous invocation, so nobody hears how it ended. */
const runInBackground = (account: LambdaAccount, effects: InvocationEffects, invocation: Invocation): Answer => {
  void runInvocation(account, effects, { ...invocation, signal: effects.closing }).catch(() => undefined);
  return { ...emptyAnswer(202), headers: { "x-amzn-requestid": invocation.requestId } };
};

const invocationAnswer = (
  account: LambdaAccount,
  { requestId, target: { version, deployment } }: Invocation,
  { payload, output, report, functionError, tracing }: InvocationResult,
  wantsTail: boolean,
): Answer => {
  const { Runtime, LoggingConfig } = deployment.settings;
  const log = {
    requestId,
    version,
    runtime: Runtime,
    logFormat: LoggingConfig?.LogFormat ?? "Text",
    systemLogLevel: LoggingConfig?.SystemLogLevel ?? "INFO",
    epochMs: account.clock(),
    output,
    report,
    ...(tracing !== undefined && { tracing }),
  };
  return {
    status: 200,
    headers: {
      "content-type": "application/json",
      "x-amzn-requestid": requestId,
      "x-amz-executed-version": version,
      ...(functionError !== undefined && { "x-amz-function-error": functionError }),
      ...(wantsTail && { "x-amz-log-result": logTail(log) }),
    },
    body: payload,
  };
};
