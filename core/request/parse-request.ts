import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import type { Warning } from "../warning.ts";
import { describeFaults, type PathNames } from "./describe-faults.ts";
import { isIncumbentInput, translateIncumbent } from "./incumbent.ts";
import { requestSchema, type TuningRequest } from "./schema.ts";

/** A parsed request and what its author should know about it. */
export interface ParsedRequest {
  readonly request: TuningRequest;
  readonly warnings: readonly Warning[];
}

/**
 * Parses a tuning request, or an input of aws-lambda-power-tuning, and fills in every default.
 *
 * @param input - Parsed JSON of state machine input, config file or flags. Parsing an already parsed request changes nothing.
 * @param names - Calls a path by the name the user typed it under, such as a flag, in error messages.
 * @throws {@link InvalidRequestError} listing every fault at once.
 *
 * @example
 * ```ts
 * parseRequest({ functionArn: "thumbnails" }).request.objective; // => { kind: "cost" }
 * ```
 */
export const parseRequest = (input: unknown, names?: PathNames): ParsedRequest => {
  if (isIncumbentInput(input)) {
    const { request, warnings } = translateIncumbent(input);
    return { request: parse(request, names), warnings };
  }
  return { request: parse(input, names), warnings: [] };
};

const parse = (input: unknown, names: PathNames | undefined): TuningRequest => {
  const parsed = requestSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidRequestError(describeFaults(parsed.error.issues, requestSchema, input, names));
};
