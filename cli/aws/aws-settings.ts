import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { AwsAccess } from "../../local/direct/aws-access.ts";
import { awsFlags } from "../flags/aws-flags.ts";
import { longName } from "../flags/flag.ts";
import type { GivenFlags } from "../flags/request-from-flags.ts";
import { UsageError } from "../errors/usage-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** How AWS is reached, and which lambda-tuner there. */
export interface AwsSettings extends AwsAccess {
  readonly installationName: string;
}

/** Reads the AWS flags. A region that no flag names comes from the variables that the AWS CLI reads. */
export const awsSettings = (given: GivenFlags, environment: Environment = process.env): AwsSettings => {
  const profile = textOf(given, "--profile");
  const region =
    textOf(given, "--region") ?? stated(environment["AWS_REGION"]) ?? stated(environment["AWS_DEFAULT_REGION"]);
  const endpoint = textOf(given, "--endpoint-url");
  const installationName = textOf(given, "--installation") ?? "default";
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(installationName)) {
    throw new UsageError(`--installation: expected up to 40 letters, digits, - or _, got "${installationName}".`);
  }
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    installationName,
  };
};

/**
 * The same settings in the region of an ARN.
 *
 * @throws {@link UsageError} when `--region` names another one.
 */
export const inRegionOf = (arn: string, settings: AwsSettings, given: GivenFlags): AwsSettings => {
  const region = arn.split(":")[3] ?? "";
  const asked = textOf(given, "--region");
  if (region === "" || asked === region) return settings;
  if (asked !== undefined) throw new UsageError(`${arn} is in ${region}, but --region says ${asked}. Leave one out.`);
  return { ...settings, region };
};

/** The flags that lead another command to the same place, each after a space; none for what the environment says anyway. */
export const flagsFor = (settings: AwsSettings, environment: Environment = process.env): string => {
  const { profile, region, endpoint, installationName } = settings;
  const usual = awsSettings(new Map(), environment);
  return [
    ...(profile === undefined ? [] : ["--profile", profile]),
    ...(region === undefined || region === usual.region ? [] : ["--region", region]),
    ...(endpoint === undefined ? [] : ["--endpoint-url", endpoint]),
    ...(installationName === usual.installationName ? [] : ["--installation", installationName]),
  ]
    .map((word) => ` ${word}`)
    .join("");
};

/** Whether calls go to another address than AWS's own: the local endpoint, as a rule. */
export const isElsewhere = ({ endpoint }: AwsAccess, environment: Environment = process.env): boolean =>
  endpoint !== undefined || stated(environment["AWS_ENDPOINT_URL"]) !== undefined;

/**
 * Whether anything on this machine says how to reach AWS.
 *
 * Without it the SDK would look for the credentials of a virtual machine over the network, and take seconds to find none.
 */
export const seemsSetUp = (given: GivenFlags, environment: Environment = process.env): boolean =>
  awsFlags.some((flag) => given.has(longName(flag))) ||
  credentialVariables.some((name) => stated(environment[name]) !== undefined) ||
  ["config", "credentials"].some((file) => existsSync(join(homedir(), ".aws", file)));

const credentialVariables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_PROFILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
];

const textOf = (given: GivenFlags, flag: string): string | undefined => {
  const value = given.get(flag)?.value;
  return value === undefined ? undefined : stated(String(value));
};

const stated = (text: string | undefined): string | undefined => (text === "" ? undefined : text);
