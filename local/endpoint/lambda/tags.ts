import { z } from "zod";
import { emptyAnswer, jsonAnswer } from "../http/answer.ts";
import { parseJsonBody } from "../http/json-body.ts";
import type { OperationInput, RestOperation } from "../http/operation.ts";
import { requestParameters } from "./function-operation.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { functionArnOf, resolveFunction } from "./resolve-function.ts";

const path = "/2017-03-31/tags/{Resource}";

/** Tags of functions. */
export const tagOperations = (account: LambdaAccount): readonly RestOperation[] => {
  const shared = {
    service: "lambda",
    path,
    resource: ({ labels }: OperationInput) => functionArnOf(account, labels["Resource"] ?? ""),
    parameters: requestParameters,
  };
  const functionOf = ({ labels }: OperationInput) => resolveFunction(account, labels["Resource"] ?? "").record;
  return [
    {
      ...shared,
      name: "ListTags",
      method: "GET",
      handle: (input) => jsonAnswer({ Tags: Object.fromEntries(functionOf(input).tags) }),
    },
    {
      ...shared,
      name: "TagResource",
      method: "POST",
      handle: (input) => {
        const { Tags } = parseJsonBody(z.looseObject({ Tags: z.record(z.string(), z.string()) }), input.call.body);
        const { tags } = functionOf(input);
        for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
        return emptyAnswer();
      },
    },
    {
      ...shared,
      name: "UntagResource",
      method: "DELETE",
      handle: (input) => {
        const { tags } = functionOf(input);
        for (const key of input.call.query.getAll("tagKeys")) tags.delete(key);
        return emptyAnswer();
      },
    },
  ];
};
