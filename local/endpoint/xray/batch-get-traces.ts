import { z } from "zod";
import { jsonAnswer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import { jsonMembers, parseJsonBody } from "../http/json-body.ts";
import type { RestOperation } from "../http/operation.ts";
import type { TraceStore } from "./trace-store.ts";

const schema = z.looseObject({ TraceIds: z.array(z.string()) });

/** X-Ray's `BatchGetTraces`, over the traces of invocations that the endpoint served. */
export const batchGetTraces = (store: TraceStore): RestOperation => ({
  service: "xray",
  name: "BatchGetTraces",
  method: "POST",
  path: "/Traces",
  resource: () => "*",
  parameters: ({ call }) => jsonMembers(call.body),
  handle: ({ call }) => {
    const { TraceIds } = parseJsonBody(schema, call.body);
    if (TraceIds.length > 5) throw new ApiError(400, "InvalidRequestException", "At most 5 trace ids are allowed.");
    const read = TraceIds.map((Id) => ({ Id, segments: store.read(Id) }));
    return jsonAnswer({
      Traces: read.flatMap(({ Id, segments }) =>
        segments === undefined
          ? []
          : [{ Id, Segments: segments.map(({ id, document }) => ({ Id: id, Document: document })) }],
      ),
      UnprocessedTraceIds: read.filter(({ segments }) => segments === undefined).map(({ Id }) => Id),
    });
  },
});
