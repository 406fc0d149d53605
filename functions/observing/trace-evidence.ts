import { z } from "zod";
import type { TraceEvidence } from "../../core/production/production-metrics.ts";

/** A subsegment as X-Ray documents it; times are seconds since 1970. */
interface Subsegment {
  readonly name: string;
  readonly start_time: number;
  readonly end_time?: number | undefined;
  /** `aws` or `remote` for calls to other services. */
  readonly namespace?: string | undefined;
  readonly subsegments?: readonly Subsegment[] | undefined;
}

const subsegmentSchema: z.ZodType<Subsegment> = z.object({
  name: z.string(),
  start_time: z.number(),
  end_time: z.number().optional(),
  namespace: z.string().optional(),
  get subsegments() {
    return z.array(subsegmentSchema).optional();
  },
});

const segmentSchema = z.object({
  name: z.string(),
  origin: z.string().optional(),
  start_time: z.number(),
  end_time: z.number().optional(),
  subsegments: z.array(subsegmentSchema).optional(),
});

/** Lambda writes two segments: one of the service, one of the function, in which the handler's own calls stand. */
const functionOrigin = "AWS::Lambda::Function";

/**
 * Share of the handler's time that passed inside calls to other services.
 *
 * Calls that overlap count once: the union of their times over the time of the handler.
 *
 * @param traces - The segment documents of each trace, as JSON text. Documents that are no segments are passed over.
 * @param functionName - The target's: other traced functions may be part of the same trace.
 * @returns `undefined` when no trace shows a call: it cannot be told from a function whose clients are not instrumented.
 * @see {@link https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html}
 */
export const traceEvidence = (
  traces: readonly (readonly string[])[],
  functionName: string,
): TraceEvidence | undefined => {
  const handlers = traces.flatMap((documents) =>
    documents
      .flatMap(parseSegment)
      .filter(({ name, origin }) => name === functionName && origin === functionOrigin)
      .flatMap(handlerCall),
  );
  if (handlers.every(({ calls }) => calls.length === 0)) return undefined;
  const services = [...new Set(handlers.flatMap(({ calls }) => calls.map(({ name }) => name)))]
    .map((name) => ({ name, share: meanShare(handlers, (call) => call.name === name) }))
    .toSorted((a, b) => b.share - a.share);
  return { traces: handlers.length, downstreamShare: meanShare(handlers, () => true), services };
};

const parseSegment = (document: string): z.output<typeof segmentSchema>[] => {
  try {
    const parsed = segmentSchema.safeParse(JSON.parse(document));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
};

interface Call {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

interface HandlerCall {
  readonly from: number;
  readonly to: number;
  readonly calls: readonly Call[];
}

/** Lambda names the handler's part `Invocation`; without it the segment itself stands for the handler. */
const handlerCall = (segment: z.output<typeof segmentSchema>): HandlerCall[] => {
  const part = segment.subsegments?.find(({ name }) => name === "Invocation") ?? segment;
  const { start_time: from, end_time: to } = part;
  if (to === undefined || to <= from) return [];
  // Instrumented clients hang their calls under either, depending on the library.
  const calls = (segment.subsegments ?? [])
    .flatMap(downstreamCalls)
    .map((call) => ({ ...call, from: Math.max(from, call.from), to: Math.min(to, call.to) }))
    .filter((call) => call.to > call.from);
  return [{ from, to, calls }];
};

/** The outermost calls: what a call calls in turn is part of its time. */
const downstreamCalls = ({ name, namespace, start_time, end_time, subsegments }: Subsegment): Call[] =>
  (namespace === "aws" || namespace === "remote") && end_time !== undefined
    ? [{ name, from: start_time, to: end_time }]
    : (subsegments ?? []).flatMap(downstreamCalls);

const meanShare = (handlers: readonly HandlerCall[], counts: (call: Call) => boolean): number => {
  const shares = handlers.map(({ from, to, calls }) => covered(calls.filter(counts)) / (to - from));
  return Math.min(1, shares.reduce((sum, share) => sum + share, 0) / shares.length);
};

/** Length of the union of the calls. */
const covered = (calls: readonly Call[]): number => {
  let total = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of calls.toSorted((a, b) => a.from - b.from)) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
};
