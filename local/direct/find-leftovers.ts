import { latestMarker } from "../../core/run/run-marker.ts";
import { AccessDeniedError } from "../../core/errors/access-denied-error.ts";
import { readConfiguration } from "../../functions/aws/read-configuration.ts";
import { versionsOfRun } from "../../functions/aws/versions.ts";
import { type AwsAccess, withAccess } from "./aws-access.ts";

/**
 * Looks whether anything of a run is still on its target.
 *
 * @returns What it is; absent when the person may not see it.
 */
export const findLeftovers = async (
  access: AwsAccess,
  functionArn: string,
  runId: string,
): Promise<readonly string[] | undefined> =>
  withAccess(access, async () => {
    try {
      const { configuration } = await readConfiguration(functionArn);
      const { own: versions } = await versionsOfRun(functionArn, runId);
      return [
        ...(latestMarker(configuration.description)?.runId === runId ? ["the settings of $LATEST"] : []),
        ...versions.map(({ version }) => `version ${version}`),
      ];
    } catch (error) {
      if (error instanceof AccessDeniedError) return undefined;
      throw error;
    }
  });
