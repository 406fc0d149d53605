import { randomUUID } from "node:crypto";
import { z } from "zod";
import { jsonOperation } from "../http/json-operation.ts";
import type { Operation } from "../http/operation.ts";

/** An event as it was put on the bus, its detail parsed. */
export interface PutEvent {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly eventBusName: string;
  readonly resources: readonly string[];
}

const entrySchema = z.looseObject({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().default("default"),
  Resources: z.array(z.string()).default([]),
});

/** EventBridge's `PutEvents`: hands each valid entry to `onEvent`. */
export const putEvents = (region: string, accountId: string, onEvent: (event: PutEvent) => void): Operation =>
  jsonOperation({
    service: "events",
    name: "PutEvents",
    schema: z.looseObject({ Entries: z.array(entrySchema).min(1).max(10) }),
    resource: ({ Entries }) => {
      const name = Entries[0]?.EventBusName ?? "default";
      return name.startsWith("arn:") ? name : `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
    },
    handle: ({ Entries }) => {
      const results = Entries.map((entry) => accept(entry, onEvent));
      return {
        Entries: results,
        FailedEntryCount: results.filter((result) => "ErrorCode" in result).length,
      };
    },
  });

const accept = (
  entry: z.output<typeof entrySchema>,
  onEvent: (event: PutEvent) => void,
): { EventId: string } | { ErrorCode: string; ErrorMessage: string } => {
  const { Source, DetailType, Detail } = entry;
  if (Source === undefined || DetailType === undefined || Detail === undefined) {
    const missing = Object.entries({ Source, DetailType, Detail }).find(([, value]) => value === undefined)?.[0];
    return {
      ErrorCode: "InvalidArgument",
      ErrorMessage: `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
    };
  }
  const detail = jsonObject(Detail);
  if (detail === undefined) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  const id = randomUUID();
  onEvent({
    id,
    source: Source,
    detailType: DetailType,
    detail,
    eventBusName: entry.EventBusName,
    resources: entry.Resources,
  });
  return { EventId: id };
};

const jsonObject = (text: string): object | undefined => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
};
