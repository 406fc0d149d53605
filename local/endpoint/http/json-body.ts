import type { z } from "zod";
import { ApiError } from "./api-error.ts";

/**
 * Parses a JSON request body.
 *
 * @throws {@link ApiError} `SerializationException` when the body is not JSON or has members of another type.
 */
export const parseJsonBody = <Schema extends z.ZodType>(schema: Schema, body: Buffer): z.output<Schema> => {
  const parsed = schema.safeParse(readJson(body));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new ApiError(400, "SerializationException", faults.join("; "));
};

/** The body as JSON; an empty one is an empty object. */
export const readJson = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new ApiError(400, "SerializationException", "The request body is not JSON.");
  }
};
