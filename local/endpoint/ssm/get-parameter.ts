import { z } from "zod";
import { ApiError } from "../http/api-error.ts";
import { jsonOperation } from "../http/json-operation.ts";
import type { Operation } from "../http/operation.ts";
import type { Stack } from "../stack.ts";

/** SSM's `GetParameter`, over the parameters that the endpoint's stacks hold. */
export const getParameter = (region: string, accountId: string, stacks: ReadonlyMap<string, Stack>): Operation => {
  const arnOf = (name: string): string =>
    `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith("/") ? "" : "/"}${name}`;
  return jsonOperation({
    service: "ssm",
    name: "GetParameter",
    schema: z.looseObject({ Name: z.string() }),
    resource: ({ Name }) => arnOf(Name),
    handle: ({ Name }) => {
      for (const { ssmParameters } of stacks.values()) {
        const Value = ssmParameters?.[Name];
        if (Value !== undefined) {
          return { Parameter: { Name, Type: "String", Value, Version: 1, ARN: arnOf(Name), DataType: "text" } };
        }
      }
      throw new ApiError(400, "ParameterNotFound", `Parameter ${Name} not found.`);
    },
  });
};
