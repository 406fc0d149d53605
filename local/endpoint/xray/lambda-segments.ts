import type { TraceIds } from "./trace-store.ts";

/** A traced invocation that has ended. */
export interface TracedInvocation {
  readonly functionName: string;
  /** Unqualified ARN. */
  readonly functionArn: string;
  readonly requestId: string;
  /** When it ended, in milliseconds since 1970. */
  readonly endedAtMs: number;
  readonly durationMs: number;
  readonly failed: boolean;
}

/**
 * The two segments that Lambda writes of an invocation: the service's, and the function's with the handler's part in it.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html}
 */
export const lambdaSegments = (
  { traceId, segmentId, functionSegmentId, invocationId }: TraceIds,
  { functionName, functionArn, requestId, endedAtMs, durationMs, failed }: TracedInvocation,
) => {
  const times = { start_time: (endedAtMs - durationMs) / 1000, end_time: endedAtMs / 1000 };
  const shared = { name: functionName, trace_id: traceId, ...times, ...(failed && { fault: true }) };
  return [
    {
      id: segmentId,
      ...shared,
      origin: "AWS::Lambda",
      resource_arn: functionArn,
      aws: { request_id: requestId, resource_names: [functionName] },
    },
    {
      id: functionSegmentId,
      ...shared,
      origin: "AWS::Lambda::Function",
      parent_id: segmentId,
      aws: { function_arn: functionArn },
      subsegments: [{ id: invocationId, name: "Invocation", ...times, aws: { function_arn: functionArn } }],
    },
  ];
};
