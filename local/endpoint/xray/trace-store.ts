import { randomBytes } from "node:crypto";

/** A traced invocation. */
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

/** Ids of a trace and of the function's segment in it. */
export interface TraceIds {
  readonly traceId: string;
  readonly segmentId: string;
}

/** Traces by id: the segments that Lambda itself writes. What the function's own clients would add is not there. */
export interface TraceStore {
  put(invocation: TracedInvocation): TraceIds;
  /** Segment documents of a trace, as JSON text. */
  read(traceId: string): readonly Segment[] | undefined;
}

/** One segment of a trace. */
export interface Segment {
  readonly id: string;
  readonly document: string;
}

/** Traces in memory: the last 10,000. */
export const createTraceStore = (): TraceStore => {
  const traces = new Map<string, readonly Segment[]>();
  return {
    put: (invocation) => {
      const startedAtMs = invocation.endedAtMs - invocation.durationMs;
      const traceId = `1-${Math.floor(startedAtMs / 1000).toString(16)}-${randomId(12)}`;
      const segments = segmentsOf(invocation, traceId, startedAtMs);
      traces.set(traceId, segments);
      const [oldest] = traces.keys();
      if (traces.size > mostTraces && oldest !== undefined) traces.delete(oldest);
      return { traceId, segmentId: segments[0].id };
    },
    read: (traceId) => traces.get(traceId),
  };
};

const mostTraces = 10_000;

/** @see {@link https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html} */
const segmentsOf = (
  { functionName, functionArn, requestId, endedAtMs, failed }: TracedInvocation,
  traceId: string,
  startedAtMs: number,
): readonly [Segment, Segment] => {
  const times = { start_time: startedAtMs / 1000, end_time: endedAtMs / 1000 };
  const shared = { name: functionName, trace_id: traceId, ...times, ...(failed && { fault: true }) };
  const service = randomId(8);
  const code = randomId(8);
  return [
    segment(service, {
      ...shared,
      origin: "AWS::Lambda",
      resource_arn: functionArn,
      aws: { request_id: requestId, resource_names: [functionName] },
    }),
    segment(code, {
      ...shared,
      origin: "AWS::Lambda::Function",
      parent_id: service,
      aws: { function_arn: functionArn },
      subsegments: [{ id: randomId(8), name: "Invocation", ...times, aws: { function_arn: functionArn } }],
    }),
  ];
};

const segment = (id: string, document: object): Segment => ({ id, document: JSON.stringify({ id, ...document }) });

const randomId = (bytes: number): string => randomBytes(bytes).toString("hex");
