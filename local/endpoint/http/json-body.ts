import type { z } from "zod";
import { ApiError } from "./api-error.ts";

/**
 * Parses a JSON request body.
 *
 * @throws {@link ApiError} `SerializationException` when the body is not JSON or has members of another type.
 */
export const parseJsonBody = <Schema extends z.ZodType>(schema: Schema, body: Buffer): z.output<Schema> => {
  const input = parsed(body);
  if (input === undefined) throw new ApiError(400, "SerializationException", "The request body is not JSON.");
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new ApiError(400, "SerializationException", faults.join("; "));
};

/**
 * The members of a JSON body for the record of calls: a body that is no JSON object has none, the operation itself
 * refuses it.
 */
export const jsonMembers = (body: Buffer): Record<string, unknown> => {
  const value = parsed(body);
  return typeof value === "object" && value !== null ? { ...value } : {};
};

/** The body as JSON, an empty one as an empty object; `undefined` when it is not JSON. */
const parsed = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
};
