import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { emptyAnswer, jsonAnswer } from "../http/answer.ts";
import { ApiError } from "../http/api-error.ts";
import { parseJsonBody } from "../http/json-body.ts";
import type { RestOperation } from "../http/operation.ts";
import { configurationView } from "./configuration-view.ts";
import { functionOperation, requestParameters } from "./function-operation.ts";
import type { Deployment, FunctionRecord } from "./function-record.ts";
import { applySettingsUpdate, settingsUpdateSchema } from "./function-settings.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import { pageOf } from "./paging.ts";
import { type ResolvedFunction, resolveQualifier } from "./resolve-function.ts";
import { requireNoUpdateInProgress, requireRevision } from "./revision.ts";
import { deleteVersion } from "./versions.ts";

const basePath = "/2015-03-31/functions";

/** Operations on functions as such: reading, changing, listing and deleting them. */
export const functionOperations = (account: LambdaAccount): readonly RestOperation[] => [
  functionOperation(account, {
    name: "GetFunction",
    method: "GET",
    path: `${basePath}/{FunctionName}`,
    handle: (target) => jsonAnswer(functionView(account, target)),
  }),
  functionOperation(account, {
    name: "GetFunctionConfiguration",
    method: "GET",
    path: `${basePath}/{FunctionName}/configuration`,
    handle: (target) => jsonAnswer(viewOf(account, target)),
  }),
  functionOperation(account, {
    name: "UpdateFunctionConfiguration",
    unqualified: true,
    method: "PUT",
    path: `${basePath}/{FunctionName}/configuration`,
    handle: ({ record }, { call }) => {
      const update = parseJsonBody(settingsUpdateSchema, call.body);
      requireNoUpdateInProgress(account, record);
      requireRevision(update.RevisionId, record.latest.revisionId);
      const settings = applySettingsUpdate(record.latest.settings, update, account.limits.maxMemoryMb);
      replaceLatest(account, record, { settings, code: record.latest.code });
      return jsonAnswer(viewOf(account, { record, qualifier: undefined }));
    },
  }),
  functionOperation(account, {
    name: "UpdateFunctionCode",
    unqualified: true,
    method: "PUT",
    path: `${basePath}/{FunctionName}/code`,
    handle: ({ record }, { call }) => {
      const update = parseJsonBody(codeUpdateSchema, call.body);
      requireNoUpdateInProgress(account, record);
      requireRevision(update.RevisionId, record.latest.revisionId);
      const code = { ...record.latest.code, ...codeOf(update) };
      if (update.DryRun !== true) replaceLatest(account, record, { settings: record.latest.settings, code });
      return jsonAnswer(viewOf(account, { record, qualifier: undefined }));
    },
  }),
  functionOperation(account, {
    name: "DeleteFunction",
    method: "DELETE",
    path: `${basePath}/{FunctionName}`,
    handle: async ({ record, qualifier }) => {
      if (qualifier === undefined) {
        account.functions.delete(record.name);
        await record.runner.close();
      } else {
        await deleteVersion(record, qualifier);
      }
      return emptyAnswer();
    },
  }),
  {
    service: "lambda",
    name: "ListFunctions",
    method: "GET",
    path: basePath,
    resource: () => "*",
    parameters: requestParameters,
    handle: ({ call }) => {
      const withVersions = call.query.get("FunctionVersion") === "ALL";
      const all = [...account.functions.values()].flatMap((record) =>
        [undefined, ...(withVersions ? record.versions.keys() : [])].map((qualifier) =>
          viewOf(account, { record, qualifier }),
        ),
      );
      const { items, nextMarker } = pageOf(all, call.query);
      return jsonAnswer({ Functions: items, NextMarker: nextMarker ?? null });
    },
  },
];

/** The configuration behind a resolved name. */
export const viewOf = (account: LambdaAccount, { record, qualifier }: ResolvedFunction): Record<string, unknown> =>
  configurationView(account, record, resolveQualifier(record, qualifier), qualifier);

const functionView = (account: LambdaAccount, target: ResolvedFunction): Record<string, unknown> => {
  const { record } = target;
  return {
    Configuration: viewOf(account, target),
    Code: codeView(account, record),
    ...(record.tags.size > 0 && { Tags: Object.fromEntries(record.tags) }),
    ...(record.reservedConcurrency !== undefined && {
      Concurrency: { ReservedConcurrentExecutions: record.reservedConcurrency },
    }),
  };
};

const codeView = (account: LambdaAccount, { name, latest }: FunctionRecord): Record<string, unknown> => {
  if (latest.code.packageType === "Zip") {
    const Location = `https://awslambda-${account.region}-tasks.s3.${account.region}.amazonaws.com/snapshots/${account.accountId}/${name}`;
    return { RepositoryType: "S3", Location };
  }
  const ImageUri = `${account.accountId}.dkr.ecr.${account.region}.amazonaws.com/${name}:latest`;
  return {
    RepositoryType: "ECR",
    ImageUri,
    ResolvedImageUri: ImageUri.replace(":latest", `@sha256:${latest.code.sha256}`),
  };
};

/** Puts an update in force: at once for readers, after the control plane's delay for invocations. */
const replaceLatest = (account: LambdaAccount, record: FunctionRecord, deployment: Deployment): void => {
  const now = account.clock();
  const { settings, code } = record.latest;
  record.latest = {
    ...deployment,
    revisionId: randomUUID(),
    lastModifiedMs: now,
    updatedAtMs: now + account.controlPlaneDelayMs,
    serving: { settings, code },
  };
};

const codeUpdateSchema = z.looseObject({
  ZipFile: z.base64().optional(),
  S3Bucket: z.string().optional(),
  S3Key: z.string().optional(),
  ImageUri: z.string().optional(),
  Architectures: z.array(z.enum(["x86_64", "arm64"])).optional(),
  DryRun: z.boolean().optional(),
  RevisionId: z.string().optional(),
});

/**
 * The endpoint keeps no code: what runs is the function's runner. It takes note that the code changed, which is what
 * versions and conditions depend on.
 */
const codeOf = (update: z.output<typeof codeUpdateSchema>): Partial<FunctionRecord["latest"]["code"]> => {
  const source = update.ZipFile ?? update.ImageUri ?? (update.S3Key && `${update.S3Bucket}/${update.S3Key}`);
  if (source === undefined || source === "") {
    throw new ApiError(400, "InvalidParameterValueException", "Please provide a source for function code.");
  }
  const bytes = update.ZipFile === undefined ? Buffer.from(source) : Buffer.from(source, "base64");
  const architecture = update.Architectures?.[0];
  return {
    sha256: createHash("sha256").update(bytes).digest("base64"),
    sizeBytes: bytes.length,
    ...(architecture !== undefined && { architecture }),
  };
};
