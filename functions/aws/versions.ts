import {
  DeleteFunctionCommand,
  type FunctionConfiguration,
  paginateListVersionsByFunction,
  PublishVersionCommand,
} from "@aws-sdk/client-lambda";
import { type RunMarker, versionMarker } from "../../core/run/run-marker.ts";
import { lambdaControlClient } from "./clients.ts";
import { type Attempt, refusalOf } from "./despite-conflicts.ts";
import { callLambda, isApiError } from "./lambda-errors.ts";
import type { FoundFunction } from "./read-configuration.ts";

/** A published version that carries the mark of a run. */
export interface MarkedVersion extends RunMarker {
  readonly version: string;
  readonly description: string;
}

/** Every version that a run has published, found by its description alone, in the order they were published. */
export const versionsOfRun = async (functionArn: string, runId: string): Promise<MarkedVersion[]> =>
  callLambda("lambda:ListVersionsByFunction", functionArn, async () => {
    const found: MarkedVersion[] = [];
    const pages = paginateListVersionsByFunction({ client: lambdaControlClient() }, { FunctionName: functionArn });
    for await (const page of pages) found.push(...(page.Versions ?? []).flatMap(markedVersion));
    return found.filter((version) => version.runId === runId);
  });

const markedVersion = ({ Version: version, Description: description = "" }: FunctionConfiguration): MarkedVersion[] => {
  const marker = versionMarker(description);
  if (marker === undefined || version === undefined || version === "$LATEST") return [];
  return [{ ...marker, version, description }];
};

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
