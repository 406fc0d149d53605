import type { z } from "zod";
import { jsonAnswer } from "./answer.ts";
import { headerOf } from "./incoming-call.ts";
import { jsonMembers, parseJsonBody } from "./json-body.ts";
import type { Operation } from "./operation.ts";

/**
 * An operation whose whole input is a JSON body and whose whole output is another.
 *
 * @param operation - `handle` receives the body as `schema` parses it.
 */
export const jsonOperation = <Schema extends z.ZodType>(operation: {
  readonly service: string;
  readonly name: string;
  readonly iamAction?: string;
  readonly schema: Schema;
  resource(input: z.output<Schema>): string;
  handle(input: z.output<Schema>): unknown;
}): Operation => ({
  service: operation.service,
  name: operation.name,
  ...(operation.iamAction !== undefined && { iamAction: operation.iamAction }),
  resource: ({ call }) => {
    const parsed = operation.schema.safeParse(jsonMembers(call.body));
    return parsed.success ? operation.resource(parsed.data) : "*";
  },
  parameters: ({ call }) => jsonMembers(call.body),
  handle: async ({ call }) => {
    const output: unknown = await operation.handle(parseJsonBody(operation.schema, call.body));
    return jsonAnswer(output, 200, headerOf(call, "content-type") ?? "application/x-amz-json-1.0");
  },
});
