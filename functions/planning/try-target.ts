import type { DryRun } from "../../core/planning/dry-run.ts";
import type { TuningRequest } from "../../core/request/schema.ts";
import type { Target } from "../../core/run/target.ts";
import { type Invocation, invokeTarget } from "../aws/invoke-target.ts";
import type { HandlerContext } from "../handler-context.ts";
import { payloadSource } from "../measuring/payload-source.ts";
import { invokeProcessor } from "../measuring/processors.ts";
import { readInvocation } from "../measuring/read-invocation.ts";

/** Time kept for returning the result, in milliseconds. */
const reserveMs = 5000;

/** Invokes the target once as it is: what a dry run shows of it. */
export const tryTarget = async (
  target: Target,
  request: TuningRequest,
  context: HandlerContext,
): Promise<DryRun["invocation"]> => {
  const patience = AbortSignal.timeout(Math.max(1, context.getRemainingTimeInMillis() - reserveMs));
  const signal = context.signal === undefined ? patience : AbortSignal.any([context.signal, patience]);
  const payloads = await payloadSource(request.payloads, request.seed);
  try {
    const payload = await preparedPayload(request, payloads(0).text, signal);
    return described(
      await invokeTarget({
        functionArn: target.functionArn,
        ...(target.qualifier === undefined ? {} : { qualifier: target.qualifier }),
        payload,
        signal,
      }),
      request.allowedErrors,
    );
  } catch (error) {
    if (!patience.aborted) throw error;
    return { status: "timed-out", error: "It ran longer than the planning function could wait." };
  }
};

/** @throws ProcessorError */
const preparedPayload = async (
  { preProcessorArn }: TuningRequest,
  text: string,
  signal: AbortSignal,
): Promise<string> => {
  if (preProcessorArn === undefined) return text;
  const prepared = await invokeProcessor("pre-processor", preProcessorArn, text, signal);
  if (prepared.kind !== "answered") throw prepared.error;
  return prepared.output;
};

const described = (invocation: Invocation, allowedErrors: readonly string[]): DryRun["invocation"] => {
  if (invocation.kind === "throttled") return { status: "throttled" };
  if (invocation.kind === "unanswered") return { status: "error", error: errorText(invocation.error) };
  const { status, record, failure } = readInvocation(invocation, allowedErrors);
  return {
    status:
      record === undefined && status === "error" && invocation.functionError === undefined ? "unreadable" : status,
    ...(record === undefined
      ? {}
      : {
          durationMs: record.durationMs,
          billedMs: record.billedMs,
          ...(record.initMs === undefined ? {} : { initMs: record.initMs }),
          ...(record.maxMemoryUsedMb === undefined ? {} : { maxMemoryUsedMb: record.maxMemoryUsedMb }),
        }),
    ...(failure === undefined ? {} : { error: errorText(failure) }),
  };
};

const errorText = ({ type, message }: { readonly type: string; readonly message: string }): string =>
  `${type}: ${message}`.slice(0, 300);
