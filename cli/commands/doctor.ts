import type { Call, CommandDefinition } from "../command.ts";
import type { Finding } from "../doctor/examine-machine.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { awsFlags } from "../flags/aws-flags.ts";
import { longName } from "../flags/flag.ts";
import type { ResolvedTarget } from "../tune/resolve-target.ts";

/** `doctor`: what this machine offers to the local engine, what an account offers to runs in AWS, each finding with its fix. */
export const doctorCommand: CommandDefinition = {
  name: "doctor",
  summary: "check what this machine and the AWS account offer",
  description:
    "Checks what the local engine needs of this machine and, where AWS is set up, what runs there need: credentials, region, the deployed lambda-tuner, permissions and quotas. A target that is named is looked at, too: whether code on this machine can be tuned, or what kind of function is deployed. Calls that could change something are made in a way that is refused.",
  arguments: [
    {
      name: "[target]",
      description: "what to look at, too: a path, a name in the config, or the name or ARN of a deployed function",
    },
  ],
  formats: ["table", "json"],
  flagGroups: [
    {
      heading: "Options",
      flags: [
        {
          flags: "--policy",
          description:
            "print the IAM policy for starting runs and reading reports, of the target alone where one is named",
        },
      ],
    },
    { heading: "AWS options", flags: awsFlags },
  ],
  examples: [
    "doctor",
    "doctor ./handler.ts",
    "doctor my-function --profile prod",
    "doctor --policy --region eu-west-1",
    "doctor --output json",
  ],
  run: async (call) => (call.given.get("--policy")?.value === true ? printPolicy(call) : examine(call)),
};

const examine = async (call: Call): Promise<ExitCode> => {
  const { examineMachine } = await import("../doctor/examine-machine.ts");
  const { renderFindings } = await import("../doctor/render-findings.ts");
  const { terminalOf } = await import("../output/terminal.ts");
  const { writeResult } = await import("../output/write-result.ts");
  const target = await targetOf(call);
  const findings = [...(await examineMachine()), ...(await code(call, target)), ...(await account(call, target))];
  const passed = findings.every(({ state }) => state !== "missing");
  const text =
    call.shared.output === "json"
      ? `${JSON.stringify({ passed, findings }, undefined, 2)}\n`
      : renderFindings(findings, terminalOf(call.shared).paint);
  return writeResult(text, call, passed ? exitCodes.done : exitCodes.environment);
};

const targetOf = async ({ arguments: [named], shared }: Call): Promise<ResolvedTarget | undefined> => {
  if (named === undefined) return undefined;
  const { resolveTarget } = await import("../tune/resolve-target.ts");
  return resolveTarget(named, shared.config);
};

const code = async (call: Call, target: ResolvedTarget | undefined): Promise<readonly Finding[]> => {
  if (target?.kind !== "local") return [];
  const { examineCode } = await import("../doctor/examine-code.ts");
  return [await examineCode(target, call)];
};

const account = async ({ given }: Call, target: ResolvedTarget | undefined): Promise<readonly Finding[]> => {
  const { awsSettings, seemsSetUp } = await import("../aws/aws-settings.ts");
  const { examineAccount, noAccount } = await import("../aws/doctor/examine-account.ts");
  const functionArn = target?.kind === "deployed" ? target.functionArn : undefined;
  const isAskedFor = functionArn !== undefined || awsFlags.some((flag) => given.has(longName(flag)));
  if (!isAskedFor && !seemsSetUp(given)) return [noAccount];
  return examineAccount(awsSettings(given), given, functionArn, isAskedFor);
};

const printPolicy = async (call: Call): Promise<ExitCode> => {
  const { awsSettings, inRegionOf } = await import("../aws/aws-settings.ts");
  const { callerPolicy } = await import("../aws/doctor/caller-policy.ts");
  const { findInstallation } = await import("../aws/installation.ts");
  const { writeResult } = await import("../output/write-result.ts");
  const { UsageError } = await import("../errors/usage-error.ts");
  const resolved = await targetOf(call);
  if (resolved?.kind === "local") {
    throw new UsageError(
      `--policy is about a deployed function, and ${resolved.path} is a path. Leave one of them out.`,
    );
  }
  const target = resolved?.functionArn;
  const given = awsSettings(call.given);
  const settings = target === undefined ? given : inRegionOf(target, given, call.given);
  const policy = callerPolicy(await findInstallation(settings), settings.installationName, functionNameIn(target));
  return writeResult(`${JSON.stringify(policy, undefined, 2)}\n`, call, exitCodes.done);
};

/** The name alone, of a name or an ARN that may have a qualifier. */
const functionNameIn = (target: string | undefined): string | undefined =>
  target === undefined ? undefined : (/^arn:.*:function:([^:]+)/.exec(target)?.[1] ?? target.split(":")[0]);
