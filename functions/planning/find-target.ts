import { parse } from "@aws-sdk/util-arn-parser";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { AlreadyRunningError } from "../../core/errors/already-running-error.ts";
import { TargetNotFoundError } from "../../core/errors/target-not-found-error.ts";
import { UntunableTargetError } from "../../core/errors/untunable-target-error.ts";
import { spareConcurrency } from "../../core/planning/spare-concurrency.ts";
import { latestMarker } from "../../core/run/run-marker.ts";
import type { Target, TargetConfiguration } from "../../core/run/target.ts";
import { concurrencyLimits } from "../aws/concurrency-limits.ts";
import { type FoundFunction, readConfiguration } from "../aws/read-configuration.ts";
import { settledConfiguration } from "../aws/settled-configuration.ts";
import { refusal } from "./refusal.ts";
import type { TargetReference } from "./target-reference.ts";

/** How long an update that is under way is waited for. */
const patienceMs = 60_000;

/**
 * Finds the target and all that a run has to know of it.
 *
 * @throws {@link UntunableTargetError} for kinds and states that cannot be tuned, with the reason.
 * @throws {@link AlreadyRunningError} when `$LATEST` carries the mark of another run.
 * @throws TargetNotFoundError, AccessDeniedError, ThrottledError
 */
export const findTarget = async ({ functionName, qualifier }: TargetReference): Promise<Target> => {
  const { raw, configuration } = await settledConfiguration(functionName, Date.now() + patienceMs);
  const functionArn = raw.FunctionArn ?? functionName;
  refuse(functionArn, raw, configuration);
  if (qualifier !== undefined) await refuseOtherVersion(functionArn, qualifier, configuration);
  const limits = await concurrencyLimits(functionArn);
  const tooFew = limits.reserved === undefined ? undefined : tooFewReserved[limits.reserved];
  if (tooFew !== undefined) throw new UntunableTargetError(functionArn, tooFew);
  const availableConcurrency = spareConcurrency(limits);
  const { accountId, region } = parse(functionArn);
  return {
    functionArn,
    functionName: raw.FunctionName ?? functionName,
    ...(qualifier === undefined ? {} : { qualifier }),
    accountId,
    region,
    architecture: raw.Architectures?.[0] === "arm64" ? "arm64" : "x86_64",
    packageType: raw.PackageType === "Image" ? "Image" : "Zip",
    ...(raw.Runtime === undefined ? {} : { runtime: raw.Runtime }),
    snapStart: raw.SnapStart?.ApplyOn === "PublishedVersions",
    tracing: raw.TracingConfig?.Mode === "Active",
    ephemeralStorageMb: raw.EphemeralStorage?.Size ?? freeStorageMb,
    original: configuration,
    ...(availableConcurrency === undefined ? {} : { availableConcurrency }),
  };
};

const freeStorageMb = 512;

/** Why so small a reservation keeps a run from starting. */
const tooFewReserved: Readonly<Record<number, string>> = {
  0: "its reserved concurrency is 0, which stops every invocation. Raise it, or remove the reservation.",
  1: "its reserved concurrency is 1, so that every invocation of a run would keep production out. Raise it to 2 or more, or remove the reservation.",
};

const refuse = (functionArn: string, raw: FunctionConfiguration, configuration: TargetConfiguration): void => {
  const marker = latestMarker(configuration.description);
  if (marker !== undefined) throw new AlreadyRunningError(functionArn, marker.runId);
  const reason = refusal(raw);
  if (reason !== undefined) throw new UntunableTargetError(functionArn, reason);
};

/**
 * A run measures versions published from `$LATEST`; AWS publishes from nothing else. So a version or alias can be tuned
 * only while `$LATEST` is the same code with the same settings.
 */
const refuseOtherVersion = async (
  functionArn: string,
  qualifier: string,
  latest: TargetConfiguration,
): Promise<void> => {
  const { configuration } = await readVersion(functionArn, qualifier);
  const differences = comparedWords.filter(([name]) => configuration[name] !== latest[name]).map(([, word]) => word);
  if (differences.length === 0) return;
  throw new UntunableTargetError(
    functionArn,
    `${qualifier} differs from $LATEST in ${differences.join(", ")}, and Lambda publishes versions only from $LATEST. Tune $LATEST, or deploy what ${qualifier} runs to it first.`,
  );
};

const readVersion = async (functionArn: string, qualifier: string): Promise<FoundFunction> => {
  try {
    return await readConfiguration(functionArn, qualifier);
  } catch (error) {
    if (error instanceof TargetNotFoundError) throw new TargetNotFoundError(functionArn, { qualifier, cause: error });
    throw error;
  }
};

const comparedWords = [
  ["codeSha256", "code"],
  ["settingsSha256", "settings"],
  ["memorySizeMb", "memory"],
  ["timeoutSeconds", "timeout"],
] as const;
