import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Call } from "../../command.ts";
import { EnvironmentError } from "../../errors/environment-error.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { type ExitCode, exitCodes } from "../../exit-codes.ts";
import { isJsonObject, type JsonObject } from "../../flags/json-object.ts";
import { writeResult } from "../../output/write-result.ts";
import { type AwsSettings, awsSettings } from "../aws-settings.ts";
import { callerIdentity } from "../caller-identity.ts";
import { findInstallation } from "../installation.ts";
import { type Assembly, assemblyOf } from "./assembly.ts";
import { approvalArgs } from "./approval.ts";
import { cdkCommand, type Command, shellLine, withArgs } from "./cdk-command.ts";
import { printCommand } from "./print-command.ts";
import { runCdk } from "./run-cdk.ts";
import { type GivenParameters, givenParameters, letsTune } from "./stack-parameters.ts";

/** Deploys lambda-tuner, or updates it: settings that are not given stay as they are. */
export const deployStack = async (call: Call): Promise<ExitCode> => {
  const settings = awsSettings(call.given);
  const isDryRun = call.given.get("--dry-run")?.value === true;
  const parameters = await givenParameters(call, settings);
  const assembly = assemblyOf(settings.installationName);
  if (isDryRun) return printCommand(call, assembly, deployCommand(call, settings, assembly, parameters));
  const outputs = await mkdtemp(join(tmpdir(), "lambda-tuner-outputs-"));
  try {
    const outputsFile = join(outputs, "outputs.json");
    const command = withArgs(deployCommand(call, settings, assembly, parameters), "--outputs-file", outputsFile);
    const { accountId, region } = await callerIdentity(settings);
    if (!letsTune(parameters)) await requireDeployed(settings);
    call.notes.say(`Deploying ${assembly.stackName} to account ${accountId} in ${region}`);
    call.notes.detail(shellLine([command.program, ...command.args]));
    await runCdk(command, settings);
    return await writeResult(await resultOf(call, settings, assembly, outputsFile), call, exitCodes.done);
  } finally {
    assembly.close();
    await rm(outputs, { recursive: true, force: true });
  }
};

const deployCommand = (
  call: Call,
  { profile, region }: AwsSettings,
  { folder }: Assembly,
  parameters: GivenParameters,
): Command => {
  const cdk = cdkCommand(process.cwd());
  return {
    program: cdk.program,
    args: [
      ...cdk.args,
      "deploy",
      "--app",
      folder,
      ...Object.entries(parameters).flatMap(([name, value]) => ["--parameters", `${name}=${value}`]),
      ...(profile === undefined ? [] : ["--profile", profile]),
      ...(region === undefined ? [] : ["--region", region]),
      ...approvalArgs(call, "--require-approval=never"),
      "--no-notices",
    ],
  };
};

/** Nothing may be tuned by default: the first deployment has to say what. */
const requireDeployed = async (settings: AwsSettings): Promise<void> => {
  try {
    await findInstallation(settings);
  } catch (error) {
    if (!(error instanceof EnvironmentError) || !(error.cause instanceof Error)) throw error;
    if (error.cause.name !== "ParameterNotFound") throw error;
    throw new UsageError(
      "Say which functions may be tuned, with --functions or --tag-value: by default none may. A later deployment keeps what was given.",
      { cause: error },
    );
  }
};

const resultOf = async (
  { shared }: Call,
  { installationName }: AwsSettings,
  { stackName }: Assembly,
  outputsFile: string,
): Promise<string> => {
  const outputs = await readOutputs(outputsFile, stackName);
  if (shared.output === "json") {
    return `${JSON.stringify({ stackName, installationName, outputs }, undefined, 2)}\n`;
  }
  const rows = Object.entries(outputs).map(([name, value]) => `${name.padEnd(26)}${String(value)}`);
  const named = installationName === "default" ? "" : ` --installation ${installationName}`;
  return [`Deployed ${stackName}`, ...rows, "", `Next: lambda-tuner tune <function>${named}`, ""].join("\n");
};

/** A deployment that changed nothing writes its outputs all the same; one without them has only less to show. */
const readOutputs = async (file: string, stackName: string): Promise<JsonObject> => {
  try {
    const document: unknown = JSON.parse(await readFile(file, "utf8"));
    const outputs = isJsonObject(document) ? document[stackName] : undefined;
    return isJsonObject(outputs) ? outputs : {};
  } catch {
    return {};
  }
};
