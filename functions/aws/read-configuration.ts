import { type FunctionConfiguration, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { TargetConfiguration } from "../../core/run/target.ts";
import { lambdaControlClient } from "./clients.ts";
import { callLambda } from "./lambda-errors.ts";
import { settingsDigest } from "./settings-digest.ts";

/** A function, or one of its versions, as Lambda describes it at one moment. */
export interface FoundFunction {
  readonly configuration: TargetConfiguration;
  /** Changes with every update, and once more when Lambda has finished it. */
  readonly revisionId: string;
  /** Lambda's whole answer. */
  readonly raw: FunctionConfiguration;
}

/**
 * Reads the configuration of a function, or of one version of it.
 *
 * @throws TargetNotFoundError, AccessDeniedError, ThrottledError
 */
export const readConfiguration = async (functionArn: string, qualifier?: string): Promise<FoundFunction> =>
  foundFunction(
    await callLambda("lambda:GetFunctionConfiguration", functionArn, () =>
      lambdaControlClient().send(
        new GetFunctionConfigurationCommand({
          FunctionName: functionArn,
          ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
        }),
      ),
    ),
  );

/** Reads what matters to a run from Lambda's answer. */
export const foundFunction = (raw: FunctionConfiguration): FoundFunction => ({
  configuration: {
    memorySizeMb: raw.MemorySize ?? defaultMemorySizeMb,
    timeoutSeconds: raw.Timeout ?? defaultTimeoutSeconds,
    description: raw.Description ?? "",
    codeSha256: raw.CodeSha256 ?? "",
    settingsSha256: settingsDigest(raw),
  },
  revisionId: raw.RevisionId ?? "",
  raw,
});

/** Whether two descriptions of a function agree in everything that a user can set. */
export const isSameConfiguration = (a: TargetConfiguration, b: TargetConfiguration): boolean =>
  a.memorySizeMb === b.memorySizeMb &&
  a.timeoutSeconds === b.timeoutSeconds &&
  a.description === b.description &&
  a.codeSha256 === b.codeSha256 &&
  a.settingsSha256 === b.settingsSha256;

// What Lambda applies to a function that was created without these settings.
const defaultMemorySizeMb = 128;
const defaultTimeoutSeconds = 3;
