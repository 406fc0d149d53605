import { UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { ChangedDuringRunError } from "../../core/errors/changed-during-run-error.ts";
import { UntunableTargetError } from "../../core/errors/untunable-target-error.ts";
import type { TargetConfiguration } from "../../core/run/target.ts";
import { lambdaControlClient } from "./clients.ts";
import { callLambda, isApiError } from "./lambda-errors.ts";
import { type FoundFunction, isSameConfiguration } from "./read-configuration.ts";
import { settledConfiguration } from "./settled-configuration.ts";

/** The settings that a run may touch. */
export type LatestChange = Partial<Pick<TargetConfiguration, "memorySizeMb" | "timeoutSeconds" | "description">>;

/** Conflicts are met with another look; somebody who keeps changing the function is not fought for ever. */
const attempts = 6;

/**
 * Changes `$LATEST` from a known configuration, and only from that one.
 *
 * Each attempt is conditional on the revision it has read, so nobody's deployment is overwritten. An update whose answer
 * was lost is recognised by its effect.
 *
 * @param base - What `$LATEST` must look like now.
 * @param deadline - Epoch milliseconds at which waiting for Lambda ends.
 * @returns The settled configuration after the change.
 * @throws {@link ChangedDuringRunError} when somebody else changed the function.
 */
export const changeLatest = async (
  functionArn: string,
  base: TargetConfiguration,
  change: LatestChange,
  deadline: number,
): Promise<FoundFunction> => {
  const wanted: TargetConfiguration = { ...base, ...change };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const current = await settledConfiguration(functionArn, deadline);
    if (isSameConfiguration(current.configuration, wanted)) return settledOrFailed(functionArn, current);
    if (!isSameConfiguration(current.configuration, base)) {
      throw new ChangedDuringRunError(functionArn, differences(base, current.configuration));
    }
    await updateLatest(functionArn, change, current.revisionId);
  }
  throw new ChangedDuringRunError(functionArn, "its revision changed at every attempt");
};

/**
 * Sends one conditional update.
 *
 * @returns Whether Lambda took it; otherwise another update is under way, or the revision is an old one.
 */
export const updateLatest = async (functionArn: string, change: LatestChange, revisionId: string): Promise<boolean> => {
  try {
    await callLambda("lambda:UpdateFunctionConfiguration", functionArn, () =>
      lambdaControlClient().send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: functionArn,
          RevisionId: revisionId,
          ...(change.memorySizeMb === undefined ? {} : { MemorySize: change.memorySizeMb }),
          ...(change.timeoutSeconds === undefined ? {} : { Timeout: change.timeoutSeconds }),
          ...(change.description === undefined ? {} : { Description: change.description }),
        }),
      ),
    );
    return true;
  } catch (error) {
    if (isApiError(error, "ResourceConflictException", "PreconditionFailedException")) return false;
    throw error;
  }
};

const settledOrFailed = (functionArn: string, current: FoundFunction): FoundFunction => {
  if (current.raw.LastUpdateStatus !== "Failed") return current;
  throw new UntunableTargetError(
    functionArn,
    `Lambda could not apply a change to it: ${current.raw.LastUpdateStatusReason ?? "no reason given"}`,
  );
};

const differences = (before: TargetConfiguration, after: TargetConfiguration): string => {
  const names = (["memorySizeMb", "timeoutSeconds", "description", "codeSha256", "settingsSha256"] as const).filter(
    (name) => before[name] !== after[name],
  );
  return `different: ${names.map((name) => words[name]).join(", ")}`;
};

const words = {
  memorySizeMb: "memory",
  timeoutSeconds: "timeout",
  description: "description",
  codeSha256: "code",
  settingsSha256: "other settings",
} as const;
