import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import type { Call } from "../../command.ts";
import { EnvironmentError } from "../../errors/environment-error.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { type ExitCode, exitCodes } from "../../exit-codes.ts";
import { writeResult } from "../../output/write-result.ts";
import { readHeldFunctions } from "../../../local/direct/held-functions.ts";
import { type AwsSettings, awsSettings, flagsFor } from "../aws-settings.ts";
import { callingAws } from "../calling-aws.ts";
import { type AwsSession, openSession } from "../run/aws-session.ts";
import { approvalArgs } from "./approval.ts";
import { type Assembly, assemblyOf } from "./assembly.ts";
import { cdkCommand, type Command } from "./cdk-command.ts";
import { printCommand } from "./print-command.ts";
import { runCdk } from "./run-cdk.ts";

/** Removes lambda-tuner from an account; the bucket of reports stays. */
export const destroyStack = async (call: Call): Promise<ExitCode> => {
  const settings = awsSettings(call.given);
  const assembly = assemblyOf(settings.installationName);
  const command = destroyCommand(call, settings, assembly);
  if (call.given.get("--dry-run")?.value === true) return printCommand(call, assembly, command);
  try {
    await requireQuiet(settings);
    await runCdk(command, settings);
    const text =
      call.shared.output === "json"
        ? `${JSON.stringify({ destroyed: assembly.stackName }, undefined, 2)}\n`
        : `Destroyed ${assembly.stackName}. Its bucket of reports stays.\n`;
    return await writeResult(text, call, exitCodes.done);
  } finally {
    assembly.close();
  }
};

const destroyCommand = (call: Call, { profile, region }: AwsSettings, { folder }: Assembly): Command => {
  const cdk = cdkCommand(process.cwd());
  return {
    program: cdk.program,
    args: [
      ...cdk.args,
      "destroy",
      "--app",
      folder,
      ...(profile === undefined ? [] : ["--profile", profile]),
      ...(region === undefined ? [] : ["--region", region]),
      ...approvalArgs(call, "--force"),
      "--no-notices",
    ],
  };
};

/** A run that loses its clean-up or its lock with the stack would leave a function changed. */
const requireQuiet = async (settings: AwsSettings): Promise<void> => {
  const session = await sessionIfAny(settings);
  if (session === undefined) return;
  const { stateMachineArn, lockTableName } = session.installation;
  const { executions = [] } = await callingAws(settings, "states:ListExecutions", stateMachineArn, () =>
    session.stepFunctions.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING", maxResults: 10 })),
  );
  if (executions.length > 0) {
    const names = executions.map(({ name }) => name).join(", ");
    throw new UsageError(
      `Runs are under way (${names}), and would lose their clean-up with the stack. Wait for them, or stop each with lambda-tuner restore <run>.`,
    );
  }
  if (lockTableName !== undefined) await requireNoneHeld(settings, lockTableName);
};

/** What a function was before a run that ended badly stands in its lock alone, which goes with the stack. */
const requireNoneHeld = async (settings: AwsSettings, lockTableName: string): Promise<void> => {
  const held = await callingAws(settings, "dynamodb:Scan", lockTableName, async () =>
    readHeldFunctions(settings, lockTableName),
  );
  if (held.length === 0) return;
  const commands = held.map(
    ({ functionArn, runId }) => `\n  ${functionArn}: lambda-tuner restore ${runId}${flagsFor(settings)}`,
  );
  throw new UsageError(
    `Runs that ended badly have not put functions back yet, and what these were goes with the stack. First:${commands.join("")}`,
  );
};

/** A stack that was never finished has no parameter, and can be removed all the same. */
const sessionIfAny = async (settings: AwsSettings): Promise<AwsSession | undefined> => {
  try {
    return await openSession(settings);
  } catch (error) {
    const isAbsent = error instanceof EnvironmentError && error.cause instanceof Error;
    if (isAbsent && error.cause instanceof Error && error.cause.name === "ParameterNotFound") return undefined;
    throw error;
  }
};
