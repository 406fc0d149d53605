import { randomUUID } from "node:crypto";
import { z } from "zod";
import { emptyAnswer, jsonAnswer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import { parseJsonBody } from "../http/json-body.ts";
import type { RestOperation } from "../http/operation.ts";
import { functionOperation } from "./function-operation.ts";
import type { AliasRecord, FunctionRecord } from "./function-record.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { pageOf } from "./paging.ts";
import { requireRevision } from "./revision.ts";

const listPath = "/2015-03-31/functions/{FunctionName}/aliases";
const itemPath = `${listPath}/{Name}`;

const routingSchema = z.looseObject({
  AdditionalVersionWeights: z.record(z.string(), z.number().min(0).max(1)).optional(),
});

const createSchema = z.looseObject({
  Name: z.string(),
  FunctionVersion: z.string(),
  Description: z.string().optional(),
  RoutingConfig: routingSchema.optional(),
});

const updateSchema = z.looseObject({
  FunctionVersion: z.string().optional(),
  Description: z.string().optional(),
  RoutingConfig: routingSchema.optional(),
  RevisionId: z.string().optional(),
});

/** Aliases: names for versions. */
export const aliasOperations = (account: LambdaAccount): readonly RestOperation[] => [
  functionOperation(account, {
    name: "CreateAlias",
    unqualified: true,
    method: "POST",
    path: listPath,
    handle: ({ record }, { call }) => {
      const request = parseJsonBody(createSchema, call.body);
      if (record.aliases.has(request.Name)) {
        throw new ApiError(409, "ResourceConflictException", `Alias already exists: ${record.arn}:${request.Name}`);
      }
      const alias = store(record, {
        name: aliasName(request.Name),
        functionVersion: request.FunctionVersion,
        description: request.Description ?? "",
        additionalVersionWeights: request.RoutingConfig?.AdditionalVersionWeights ?? {},
      });
      return jsonAnswer(aliasView(record, alias), 201);
    },
  }),
  functionOperation(account, {
    name: "GetAlias",
    method: "GET",
    path: itemPath,
    handle: ({ record }, { labels }) => jsonAnswer(aliasView(record, aliasOf(record, labels["Name"] ?? ""))),
  }),
  functionOperation(account, {
    name: "UpdateAlias",
    unqualified: true,
    method: "PUT",
    path: itemPath,
    handle: ({ record }, { labels, call }) => {
      const request = parseJsonBody(updateSchema, call.body);
      const current = aliasOf(record, labels["Name"] ?? "");
      requireRevision(request.RevisionId, current.revisionId);
      const alias = store(record, {
        name: current.name,
        functionVersion: request.FunctionVersion ?? current.functionVersion,
        description: request.Description ?? current.description,
        additionalVersionWeights:
          request.RoutingConfig === undefined
            ? current.additionalVersionWeights
            : (request.RoutingConfig.AdditionalVersionWeights ?? {}),
      });
      return jsonAnswer(aliasView(record, alias));
    },
  }),
  functionOperation(account, {
    name: "DeleteAlias",
    method: "DELETE",
    path: itemPath,
    handle: ({ record }, { labels }) => {
      // Lambda answers with success for an alias that does not exist.
      record.aliases.delete(labels["Name"] ?? "");
      return emptyAnswer();
    },
  }),
  functionOperation(account, {
    name: "ListAliases",
    unqualified: true,
    method: "GET",
    path: listPath,
    handle: ({ record }, { call }) => {
      const version = call.query.get("FunctionVersion");
      const all = [...record.aliases.values()].filter(
        (alias) => version === null || alias.functionVersion === version || version in alias.additionalVersionWeights,
      );
      const { items, nextMarker } = pageOf(all, call.query);
      return jsonAnswer({
        Aliases: items.map((alias) => aliasView(record, alias)),
        NextMarker: nextMarker ?? null,
      });
    },
  }),
];

const aliasOf = (record: FunctionRecord, name: string): AliasRecord => {
  const alias = record.aliases.get(name);
  if (alias !== undefined) return alias;
  throw new ApiError(404, "ResourceNotFoundException", `Cannot find alias arn: ${record.arn}:${name}`);
};

const aliasName = (name: string): string => {
  if (/^(?!\d+$)[a-zA-Z0-9-_]{1,128}$/.test(name)) return name;
  throw new ApiError(
    400,
    "ValidationException",
    `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)`,
  );
};

/** Every version that an alias names must exist, and `$LATEST` cannot share traffic. */
const store = (record: FunctionRecord, alias: Omit<AliasRecord, "revisionId">): AliasRecord => {
  const additional = Object.keys(alias.additionalVersionWeights);
  for (const version of [alias.functionVersion, ...additional]) {
    if (version !== "$LATEST" && !record.versions.has(version)) {
      throw new ApiError(404, "ResourceNotFoundException", `Function not found: ${record.arn}:${version}`);
    }
  }
  if (additional.length > 0 && (alias.functionVersion === "$LATEST" || additional.includes("$LATEST"))) {
    throw new ApiError(
      400,
      "InvalidParameterValueException",
      "$LATEST is not supported for an alias pointing to more than 1 version",
    );
  }
  const stored = { ...alias, revisionId: randomUUID() };
  record.aliases.set(alias.name, stored);
  return stored;
};

const aliasView = (record: FunctionRecord, alias: AliasRecord): Record<string, unknown> => ({
  AliasArn: `${record.arn}:${alias.name}`,
  Name: alias.name,
  FunctionVersion: alias.functionVersion,
  Description: alias.description,
  RevisionId: alias.revisionId,
  ...(Object.keys(alias.additionalVersionWeights).length > 0 && {
    RoutingConfig: { AdditionalVersionWeights: alias.additionalVersionWeights },
  }),
});
