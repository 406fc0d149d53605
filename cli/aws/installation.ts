import { GetParameterCommand, ParameterNotFound, SSMClient } from "@aws-sdk/client-ssm";
import { z } from "zod";
import { toolVersion } from "../../core/tool-version.ts";
import type { Call } from "../command.ts";
import { EnvironmentError } from "../errors/environment-error.ts";
import type { AwsSettings } from "./aws-settings.ts";
import { callingAws } from "./calling-aws.ts";
import { clientSettings } from "./client-settings.ts";

const publishedSchema = z.object({
  version: z.string(),
  stateMachineArn: z.string(),
  reportBucketName: z.string(),
  cleanUpFunctionArn: z.string(),
  /** Absent in what was deployed before it was published. */
  lockTableName: z.string().optional(),
});

/** A deployed lambda-tuner, as its stack publishes it. */
export type Installation = z.output<typeof publishedSchema>;

/** Where a deployed lambda-tuner of this name says where it is: `infra/installation-parameter.ts` writes it. */
export const installationParameterName = (installationName: string): string => `/lambda-tuner/${installationName}`;

/**
 * Finds the lambda-tuner of an account and region.
 *
 * @throws {@link EnvironmentError} when there is none, and for credentials, region, permission and connection.
 */
export const findInstallation = async (settings: AwsSettings): Promise<Installation> => {
  const name = installationParameterName(settings.installationName);
  const client = new SSMClient(clientSettings(settings));
  try {
    const { Parameter: parameter } = await callingAws(
      settings,
      "ssm:GetParameter",
      `arn:aws:ssm:${settings.region ?? "*"}:*:parameter${name}`,
      () => client.send(new GetParameterCommand({ Name: name })),
    );
    return parsed(name, parameter?.Value ?? "");
  } catch (error) {
    if (error instanceof ParameterNotFound) throw await notDeployed(name, client, settings, error);
    throw error;
  } finally {
    client.destroy();
  }
};

/** Says so when the deployed version is another one: requests and reports are compatible, advice may differ. */
export const noteOtherVersion = ({ version }: Installation, { notes }: Call): void => {
  if (version === toolVersion) return;
  notes.warn(
    `the account has lambda-tuner ${version}, this command is ${toolVersion}; lambda-tuner deploy updates it.`,
  );
};

const parsed = (name: string, value: string): Installation => {
  try {
    return publishedSchema.parse(JSON.parse(value));
  } catch (error) {
    throw new EnvironmentError(
      `The parameter ${name} does not hold what lambda-tuner publishes there. Deploy it again: lambda-tuner deploy`,
      { cause: error },
    );
  }
};

const notDeployed = async (
  name: string,
  client: SSMClient,
  { profile, installationName }: AwsSettings,
  cause: Error,
): Promise<EnvironmentError> => {
  const region = await client.config.region();
  const account = profile === undefined ? "this account" : `the account of profile ${profile}`;
  const named = installationName === "default" ? "" : ` under the name ${installationName}`;
  return new EnvironmentError(
    `lambda-tuner is not deployed${named} in ${region} of ${account} (no parameter ${name}). Deploy it with lambda-tuner deploy, or name another --region, --profile or --installation.`,
    { cause },
  );
};
