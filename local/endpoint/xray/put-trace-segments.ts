import { z } from "zod";
import { jsonAnswer } from "../http/answer.ts";
import { jsonMembers, parseJsonBody } from "../http/json-body.ts";
import type { RestOperation } from "../http/operation.ts";
import type { AddedSegment, TraceStore } from "./trace-store.ts";

const schema = z.looseObject({ TraceSegmentDocuments: z.array(z.string()) });

/** What X-Ray asks of a document: everything else is kept as it came. */
const documentSchema = z.looseObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  trace_id: z.string().regex(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/),
  name: z.string().min(1).max(200),
  start_time: z.number(),
  parent_id: z.string().optional(),
  type: z.literal("subsegment").optional(),
});

/**
 * X-Ray's `PutTraceSegments`: what clients inside of a function say of their own calls.
 *
 * @see {@link https://docs.aws.amazon.com/xray/latest/api/API_PutTraceSegments.html}
 */
export const putTraceSegments = (store: TraceStore): RestOperation => ({
  service: "xray",
  name: "PutTraceSegments",
  method: "POST",
  path: "/TraceSegments",
  resource: () => "*",
  parameters: ({ call }) => jsonMembers(call.body),
  handle: ({ call }) => {
    const { TraceSegmentDocuments } = parseJsonBody(schema, call.body);
    const unprocessed = TraceSegmentDocuments.flatMap((document) => {
      const segment = parseSegment(document);
      if (segment === undefined) return [{ ErrorCode: "ParseError", Message: "Invalid segment." }];
      store.add(segment);
      return [];
    });
    return jsonAnswer({ UnprocessedTraceSegments: unprocessed });
  },
});

const parseSegment = (document: string): AddedSegment | undefined => {
  try {
    return documentSchema.safeParse(JSON.parse(document)).data;
  } catch {
    return undefined;
  }
};
