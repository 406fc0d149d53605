import type { Call } from "../../command.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { longName } from "../../flags/flag.ts";
import { type AwsSettings } from "../aws-settings.ts";
import { callerIdentity } from "../caller-identity.ts";
import { stackFlags } from "./deploy-flags.ts";

/** Parameters of the template by name: those that were given, and the installation's name. */
export type GivenParameters = Readonly<Record<string, string>>;

/**
 * The stack's parameters from the flags. Only names of functions need a call: an ARN has account and region in it.
 *
 * @throws {@link UsageError} for a list of functions that cannot be one.
 */
export const givenParameters = async ({ given }: Call, settings: AwsSettings): Promise<GivenParameters> => {
  const parameters: Record<string, string> = { InstallationName: settings.installationName };
  for (const flag of stackFlags) {
    const typed = given.get(longName(flag));
    if (typed === undefined) continue;
    const text = String(typed.value);
    parameters[flag.parameter] =
      flag.listsFunctions === true ? (await functionArns(text, typed.typedAs, settings)).join(",") : text;
  }
  return parameters;
};

/** Whether the parameters say that anything may be tuned; an update may leave it as it was. */
export const letsTune = (parameters: GivenParameters): boolean =>
  ["TunableFunctionArns", "TunableTagValue"].some((name) => (parameters[name] ?? "") !== "");

const functionArns = async (text: string, typedAs: string, settings: AwsSettings): Promise<string[]> => {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const faulty = names.find((name) => !functionPattern.test(name));
  if (faulty !== undefined) {
    throw new UsageError(
      `${typedAs}: expected names or unqualified ARNs of functions, separated by commas, * and ? allowed in the names; got "${faulty}".`,
    );
  }
  if (names.every((name) => name.startsWith("arn:"))) return names;
  const { partition, region, accountId } = await callerIdentity(settings);
  return names.map((name) =>
    name.startsWith("arn:") ? name : `arn:${partition}:lambda:${region}:${accountId}:function:${name}`,
  );
};

const functionPattern = /^(arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:)?[A-Za-z0-9_*?-]{1,64}$/;
