import { randomBytes } from "node:crypto";
import { lambdaSegments, type TracedInvocation } from "./lambda-segments.ts";

/** Ids of a trace: what the REPORT line names, and what the function's own clients hang their calls under. */
export interface TraceIds {
  readonly traceId: string;
  /** Of the segment of the service. */
  readonly segmentId: string;
  /** Of the segment of the function. */
  readonly functionSegmentId: string;
  /** Of the handler's part in that. */
  readonly invocationId: string;
}

/** A part that somebody else adds to a trace, as X-Ray documents it. */
export interface AddedSegment {
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id?: string | undefined;
  readonly type?: string | undefined;
}

/** Traces by id: the segments that Lambda itself writes, and what the function's own clients add. */
export interface TraceStore {
  /** Ids for an invocation that is about to start. */
  open(startedAtMs: number): TraceIds;
  /** Writes Lambda's segments of an invocation that has ended. */
  close(ids: TraceIds, invocation: TracedInvocation): void;
  /** Adds a segment, or a subsegment below whatever part of the trace it names. */
  add(segment: AddedSegment): void;
  /** Segment documents of a trace, as JSON text, with the subsegments in their places. */
  read(traceId: string): readonly Segment[] | undefined;
}

/** One segment of a trace. */
export interface Segment {
  readonly id: string;
  readonly document: string;
}

/** Traces in memory: the last 10,000. */
export const createTraceStore = (): TraceStore => {
  const traces = new Map<string, Part[]>();
  const put = (traceId: string, parts: readonly Part[]): void => {
    traces.set(traceId, [...parts, ...(traces.get(traceId) ?? [])]);
    const [oldest] = traces.keys();
    if (traces.size > mostTraces && oldest !== undefined) traces.delete(oldest);
  };
  return {
    open: (startedAtMs) => ({
      traceId: `1-${Math.floor(startedAtMs / 1000).toString(16)}-${randomId(12)}`,
      segmentId: randomId(8),
      functionSegmentId: randomId(8),
      invocationId: randomId(8),
    }),
    close: (ids, invocation) => put(ids.traceId, lambdaSegments(ids, invocation)),
    add: (segment) => put(segment.trace_id, [{ ...segment }]),
    read: (traceId) => {
      const parts = traces.get(traceId);
      const segments = (parts ?? []).filter(({ type }) => type !== "subsegment");
      // Subsegments alone are of an invocation that has not ended.
      if (parts === undefined || segments.length === 0) return undefined;
      return segments.map((part) => ({ id: part.id, document: JSON.stringify(withParts(part, parts)) }));
    },
  };
};

const mostTraces = 10_000;

/** A segment or subsegment on its way into a document. */
interface Part {
  readonly id: string;
  readonly type?: string | undefined;
  readonly parent_id?: string | undefined;
  readonly subsegments?: readonly Part[];
}

/** Hangs the subsegments that came by themselves under the part that each names. */
const withParts = (part: Part, all: readonly Part[]): Part => {
  const added = all.filter(({ type, parent_id: parent }) => type === "subsegment" && parent === part.id);
  const below = [...(part.subsegments ?? []), ...added].map((one) => withParts(one, all));
  return below.length === 0 ? part : { ...part, subsegments: below };
};

const randomId = (bytes: number): string => randomBytes(bytes).toString("hex");
