import { randomUUID } from "node:crypto";
import { z } from "zod";
import { jsonAnswer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import { parseJsonBody } from "../http/json-body.ts";
import type { RestOperation } from "../http/operation.ts";
import { configurationView } from "./configuration-view.ts";
import { functionOperation } from "./function-operation.ts";
import type { Deployment, FunctionRecord, VersionRecord } from "./function-record.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { pageOf } from "./paging.ts";
import { resolveQualifier } from "./resolve-function.ts";
import { requireNoUpdateInProgress, requireRevision } from "./revision.ts";

const path = "/2015-03-31/functions/{FunctionName}/versions";

const publishSchema = z.looseObject({
  Description: z.string().optional(),
  CodeSha256: z.string().optional(),
  RevisionId: z.string().optional(),
});

/** Publishing and listing versions. */
export const versionOperations = (account: LambdaAccount): readonly RestOperation[] => [
  functionOperation(account, {
    name: "PublishVersion",
    unqualified: true,
    method: "POST",
    path,
    handle: ({ record }, { call }) => {
      const request = parseJsonBody(publishSchema, call.body);
      requireNoUpdateInProgress(account, record);
      requireRevision(request.RevisionId, record.latest.revisionId);
      requireCode(request.CodeSha256, record);
      const { version } = lastVersionIfSame(record) ?? publish(account, record, request.Description);
      return jsonAnswer(configurationView(account, record, resolveQualifier(record, version), version), 201);
    },
  }),
  functionOperation(account, {
    name: "ListVersionsByFunction",
    unqualified: true,
    method: "GET",
    path,
    handle: ({ record }, { call }) => {
      const { items, nextMarker } = pageOf(["$LATEST", ...record.versions.keys()], call.query);
      return jsonAnswer({
        Versions: items.map((version) =>
          configurationView(account, record, resolveQualifier(record, version), version),
        ),
        NextMarker: nextMarker ?? null,
      });
    },
  }),
];

/**
 * Deletes a version, and ends its environments.
 *
 * @throws {@link ApiError} `ResourceConflictException` while an alias points to it, `InvalidParameterValueException`
 * for `$LATEST` and for an alias.
 */
export const deleteVersion = async (record: FunctionRecord, version: string): Promise<void> => {
  if (version === "$LATEST") {
    throw new ApiError(
      400,
      "InvalidParameterValueException",
      "$LATEST version cannot be deleted without deleting the function.",
    );
  }
  if (record.aliases.has(version)) {
    throw new ApiError(400, "InvalidParameterValueException", "Deletion of aliases is not currently supported.");
  }
  const holders = [...record.aliases.values()]
    .filter((alias) => alias.functionVersion === version || version in alias.additionalVersionWeights)
    .map((alias) => alias.name);
  if (holders.length > 0) {
    throw new ApiError(
      409,
      "ResourceConflictException",
      `Unable to delete version because the following aliases reference it: [${holders.join(", ")}]`,
    );
  }
  // Lambda answers with success for a version that does not exist.
  if (record.versions.delete(version)) await record.runner.retire(version);
};

const requireCode = (sha256: string | undefined, record: FunctionRecord): void => {
  if (sha256 === undefined || sha256 === record.latest.code.sha256) return;
  throw new ApiError(
    400,
    "InvalidParameterValueException",
    `CodeSHA256 (${sha256}) is different from current CodeSHA256 in $LATEST (${record.latest.code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
  );
};

/** Lambda publishes nothing new when `$LATEST` equals the last version: it answers with that one. */
const lastVersionIfSame = (record: FunctionRecord): VersionRecord | undefined => {
  const last = [...record.versions.values()].at(-1);
  return last?.publishedFrom === fingerprint(record.latest) ? last : undefined;
};

const publish = (account: LambdaAccount, record: FunctionRecord, description: string | undefined): VersionRecord => {
  const { settings, code } = record.latest;
  const now = account.clock();
  const version: VersionRecord = {
    version: String(record.nextVersion),
    settings: description === undefined || description === "" ? settings : { ...settings, Description: description },
    code,
    revisionId: randomUUID(),
    lastModifiedMs: now,
    activeAtMs: now + account.controlPlaneDelayMs,
    publishedFrom: fingerprint(record.latest),
  };
  record.nextVersion += 1;
  record.versions.set(version.version, version);
  return version;
};

const fingerprint = ({ settings, code }: Deployment): string =>
  JSON.stringify([Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)), code]);
