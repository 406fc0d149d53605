import { createHash, randomUUID } from "node:crypto";
import type { Deployment, FunctionRecord } from "./function-record.ts";
import type { FunctionSettings } from "./function-settings.ts";
import type { LambdaAccount } from "./lambda-account.ts";
import type { QualifiedDeployment } from "./resolve-function.ts";

/**
 * A `FunctionConfiguration` as `GetFunctionConfiguration` answers it.
 *
 * @param qualifier - As the client gave it: the ARN of the answer ends with it.
 */
export const configurationView = (
  account: LambdaAccount,
  record: FunctionRecord,
  qualified: QualifiedDeployment,
  qualifier: string | undefined,
): Record<string, unknown> => {
  const { deployment } = qualified;
  return {
    FunctionName: record.name,
    FunctionArn: qualifier === undefined ? record.arn : `${record.arn}:${qualifier}`,
    ...settingsView(deployment, record.name),
    CodeSize: deployment.code.sizeBytes,
    CodeSha256: deployment.code.sha256,
    ConfigSha256: createHash("sha256").update(JSON.stringify(deployment.settings)).digest("base64"),
    PackageType: deployment.code.packageType,
    Architectures: [deployment.code.architecture],
    Version: qualified.kind === "latest" ? "$LATEST" : qualified.deployment.version,
    LastModified: lambdaTimestamp(deployment.lastModifiedMs),
    RevisionId: deployment.revisionId,
    ...stateView(qualified, account.clock()),
  };
};

/** Lambda's own form of a time: `2026-01-31T12:00:00.000+0000`. */
export const lambdaTimestamp = (epochMs: number): string => new Date(epochMs).toISOString().replace("Z", "+0000");

/** Settings in the form of answers, which differs from that of requests for some members. */
const settingsView = ({ settings }: Deployment, functionName: string): Record<string, unknown> => {
  const { Environment: _shown, VpcConfig, Layers, ImageConfig, SnapStart, LoggingConfig, ...plain } = settings;
  return {
    ...plain,
    ...environmentView(settings),
    ...(VpcConfig !== undefined && { VpcConfig: { VpcId: "vpc-0123456789abcdef0", ...VpcConfig } }),
    ...(Layers !== undefined && Layers.length > 0 && { Layers: Layers.map((Arn) => ({ Arn, CodeSize: 1024 })) }),
    ...(ImageConfig !== undefined && { ImageConfigResponse: { ImageConfig } }),
    SnapStart: { ApplyOn: "None", ...SnapStart, OptimizationStatus: "Off" },
    LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${functionName}`, ...LoggingConfig },
  };
};

/** Nobody is allowed to use keys here, so what a key encrypts is shown to nobody: the function alone has it. */
const environmentView = ({ Environment, KMSKeyArn: key }: FunctionSettings): Record<string, unknown> => {
  const variables = Environment?.Variables ?? {};
  if (Object.keys(variables).length === 0) return {};
  if (key === undefined || key === "") return { Environment: { Variables: variables } };
  const denied = `not authorized to perform: kms:Decrypt on resource: ${key} (Service: Kms, Status Code: 400, Request ID: ${randomUUID()})`;
  return {
    Environment: {
      Error: {
        ErrorCode: "AccessDeniedException",
        Message: `Lambda was unable to decrypt your environment variables because the KMS access was denied. Please check your KMS permissions. KMS Exception: AccessDeniedException KMS Message: The caller is ${denied}`,
      },
    },
  };
};

const stateView = (qualified: QualifiedDeployment, now: number): Record<string, unknown> => {
  if (qualified.kind === "version") {
    return now < qualified.deployment.activeAtMs
      ? {
          State: "Pending",
          StateReason: "The function is being created.",
          StateReasonCode: "Creating",
          LastUpdateStatus: "Successful",
        }
      : {
          State: "Active",
          LastUpdateStatus: "Successful",
          ...(qualified.deployment.settings.SnapStart?.ApplyOn === "PublishedVersions" && {
            SnapStart: { ApplyOn: "PublishedVersions", OptimizationStatus: "On" },
          }),
        };
  }
  return now < qualified.deployment.updatedAtMs
    ? {
        State: "Active",
        LastUpdateStatus: "InProgress",
        LastUpdateStatusReason: "The function is being updated.",
        LastUpdateStatusReasonCode: "Updating",
      }
    : { State: "Active", LastUpdateStatus: "Successful" };
};
