import {
  DeleteFunctionCommand,
  type FunctionConfiguration,
  paginateListVersionsByFunction,
  PublishVersionCommand,
} from "@aws-sdk/client-lambda";
import type { InheritedVersion } from "../../core/run/inherited-version.ts";
import { latestMarker, type RunMarker, versionMarker } from "../../core/run/run-marker.ts";
import type { TargetConfiguration } from "../../core/run/target.ts";
import { lambdaControlClient } from "./clients.ts";
import { type Attempt, refusalOf } from "./despite-conflicts.ts";
import { callLambda, isApiError } from "./lambda-errors.ts";
import type { FoundFunction } from "./read-configuration.ts";

/** A published version that carries the mark of a run. */
export interface MarkedVersion extends RunMarker {
  readonly version: string;
  readonly description: string;
}

/** What a run has left among the versions of its target, in the order they were published. */
export interface VersionsOfRun {
  /** Published by the run. */
  readonly own: readonly MarkedVersion[];
  /** Published by somebody else while `$LATEST` had a size of the run, and with that size. */
  readonly inherited: readonly InheritedVersion[];
}

/** Every version that a run has to do with, found by its description alone. */
export const versionsOfRun = async (functionArn: string, runId: string): Promise<VersionsOfRun> =>
  callLambda("lambda:ListVersionsByFunction", functionArn, async () => {
    const found: FunctionConfiguration[] = [];
    const pages = paginateListVersionsByFunction({ client: lambdaControlClient() }, { FunctionName: functionArn });
    for await (const page of pages) found.push(...(page.Versions ?? []));
    const versions = found.filter(({ Version: version }) => version !== "$LATEST");
    return {
      own: versions.flatMap(ownVersion).filter((version) => version.runId === runId),
      inherited: versions.flatMap((version) => inheritedVersion(version, runId)),
    };
  });

const ownVersion = ({ Version: version, Description: description = "" }: FunctionConfiguration): MarkedVersion[] => {
  const marker = versionMarker(description);
  return marker === undefined || version === undefined ? [] : [{ ...marker, version, description }];
};

const inheritedVersion = (
  { Version: version, Description: description = "", MemorySize: memorySizeMb }: FunctionConfiguration,
  runId: string,
): InheritedVersion[] => {
  const marker = latestMarker(description);
  // Whoever set another memory before publishing got that.
  const isInherited = marker?.runId === runId && marker.memorySizeMb === memorySizeMb;
  return isInherited && version !== undefined ? [{ version, memorySizeMb }] : [];
};

/** Those of somebody else that have another memory than they would have without the run. */
export const atTrialSize = ({ inherited }: VersionsOfRun, original: TargetConfiguration): readonly InheritedVersion[] =>
  inherited.filter(({ memorySizeMb }) => memorySizeMb !== original.memorySizeMb);

/**
 * Publishes `$LATEST` as it was seen, under a description of our own.
 *
 * @returns Lambda's answer, or why it was refused.
 */
export const publishLatest = async (
  functionArn: string,
  seen: FoundFunction,
  description: string,
): Promise<Attempt<FunctionConfiguration>> => {
  try {
    const done = await callLambda("lambda:PublishVersion", functionArn, () =>
      lambdaControlClient().send(
        new PublishVersionCommand({
          FunctionName: functionArn,
          Description: description,
          CodeSha256: seen.configuration.codeSha256,
          RevisionId: seen.revisionId,
        }),
      ),
    );
    return { done };
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === undefined) throw error;
    return { refused };
  }
};

/** What became of an attempt to delete a version. */
export type Deletion = { readonly kind: "deleted" } | { readonly kind: "held"; readonly reason: string };

/** Deletes one version; one that is gone already counts as deleted, one that an alias points to is held. */
export const deleteVersion = async (functionArn: string, version: string): Promise<Deletion> => {
  if (!/^\d+$/.test(version)) throw new RangeError(`Expected a version number, got ${version}.`);
  try {
    await lambdaControlClient().send(new DeleteFunctionCommand({ FunctionName: functionArn, Qualifier: version }));
    return { kind: "deleted" };
  } catch (error) {
    if (isApiError(error, "ResourceNotFoundException")) return { kind: "deleted" };
    if (isApiError(error, "ResourceConflictException") && error instanceof Error) {
      return { kind: "held", reason: error.message };
    }
    return callLambda("lambda:DeleteFunction", functionArn, () => Promise.reject(error));
  }
};
