import { UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { ChangedDuringRunError } from "../../core/errors/changed-during-run-error.ts";
import { UntunableTargetError } from "../../core/errors/untunable-target-error.ts";
import type { TargetConfiguration } from "../../core/run/target.ts";
import { lambdaControlClient } from "./clients.ts";
import { despiteConflicts, type Refusal, refusalOf } from "./despite-conflicts.ts";
import { callLambda } from "./lambda-errors.ts";
import { type FoundFunction, isSameConfiguration } from "./read-configuration.ts";
import { settledConfiguration } from "./settled-configuration.ts";

/** The settings that a run may touch. */
export type LatestChange = Partial<Pick<TargetConfiguration, "memorySizeMb" | "timeoutSeconds" | "description">>;

/**
 * Changes `$LATEST` from a known configuration, and only from that one.
 *
 * Each attempt is conditional on the revision it has read, so nobody's deployment is overwritten. An update whose answer
 * was lost is recognised by its effect.
 *
 * @param base - What `$LATEST` must look like now.
 * @param deadline - Epoch milliseconds at which waiting for Lambda ends.
 * @returns The settled configuration after the change.
 * @throws {@link ChangedDuringRunError} when somebody else changed the function, or is about to.
 */
export const changeLatest = async (
  functionArn: string,
  base: TargetConfiguration,
  change: LatestChange,
  deadline: number,
): Promise<FoundFunction> => {
  const wanted: TargetConfiguration = { ...base, ...change };
  return despiteConflicts({ functionArn, purpose: "change it", deadline }, async () => {
    const current = await settledConfiguration(functionArn, deadline);
    if (isSameConfiguration(current.configuration, wanted)) return { done: settledOrFailed(functionArn, current) };
    if (!isSameConfiguration(current.configuration, base)) {
      throw new ChangedDuringRunError(functionArn, `different: ${differences(base, current.configuration)}`);
    }
    return { refused: await updateLatest(functionArn, change, current.revisionId) };
  });
};

/**
 * Sends one conditional update.
 *
 * @returns Why Lambda refused it; nothing when it was taken.
 */
export const updateLatest = async (
  functionArn: string,
  change: LatestChange,
  revisionId: string,
): Promise<Refusal | undefined> => {
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
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
};

const settledOrFailed = (functionArn: string, current: FoundFunction): FoundFunction => {
  if (current.raw.LastUpdateStatus !== "Failed") return current;
  throw new UntunableTargetError(
    functionArn,
    `Lambda could not apply a change to it: ${current.raw.LastUpdateStatusReason ?? "no reason given"}`,
  );
};

/** The words for what differs between two descriptions of a function. */
export const differences = (before: TargetConfiguration, after: TargetConfiguration): string => {
  const names = (["memorySizeMb", "timeoutSeconds", "description", "codeSha256", "settingsSha256"] as const).filter(
    (name) => before[name] !== after[name],
  );
  return names.map((name) => words[name]).join(", ");
};

const words = {
  memorySizeMb: "memory",
  timeoutSeconds: "timeout",
  description: "description",
  codeSha256: "code",
  settingsSha256: "other settings",
} as const;
