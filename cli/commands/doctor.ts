import type { Call, CommandDefinition } from "../command.ts";
import type { Finding } from "../doctor/examine-machine.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { awsFlags } from "../flags/aws-flags.ts";
import { longName } from "../flags/flag.ts";

/** `doctor`: what this machine offers to the local engine, what an account offers to runs in AWS, each finding with its fix. */
export const doctorCommand: CommandDefinition = {
  name: "doctor",
  summary: "check what this machine and the AWS account offer",
  description:
    "Checks what the local engine needs of this machine and, where AWS is set up, what runs there need: credentials, region, the deployed lambda-tuner, permissions, quotas, and the kind of a function that is named. Calls that could change something are made in a way that is refused.",
  arguments: [{ name: "[target]", description: "the name or ARN of a deployed function to look at" }],
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
    "doctor my-function --profile prod",
    "doctor --policy --region eu-west-1",
    "doctor --output json",
  ],
  run: async (call) => (call.given.get("--policy")?.value === true ? printPolicy(call) : examine(call)),
};

const examine = async (call: Call): Promise<ExitCode> => {
  const { requireOutput } = await import("../output/require-output.ts");
  const { examineMachine } = await import("../doctor/examine-machine.ts");
  const { renderFindings } = await import("../doctor/render-findings.ts");
  const { terminalOf } = await import("../output/terminal.ts");
  const { writeResult } = await import("../output/write-result.ts");
  requireOutput(call, ["table", "json"]);
  const findings = [...(await examineMachine()), ...(await account(call))];
  const passed = findings.every(({ state }) => state !== "missing");
  const text =
    call.shared.output === "json"
      ? `${JSON.stringify({ passed, findings }, undefined, 2)}\n`
      : renderFindings(findings, terminalOf(call.shared).paint);
  return writeResult(text, call, passed ? exitCodes.done : exitCodes.environment);
};

const account = async ({ arguments: [target], given }: Call): Promise<readonly Finding[]> => {
  const { awsSettings, seemsSetUp } = await import("../aws/aws-settings.ts");
  const { examineAccount, noAccount } = await import("../aws/doctor/examine-account.ts");
  const isAskedFor = target !== undefined || awsFlags.some((flag) => given.has(longName(flag)));
  if (!isAskedFor && !seemsSetUp(given)) return [noAccount];
  return examineAccount(awsSettings(given), given, target, isAskedFor);
};

const printPolicy = async (call: Call): Promise<ExitCode> => {
  const { awsSettings, inRegionOf } = await import("../aws/aws-settings.ts");
  const { callerPolicy } = await import("../aws/doctor/caller-policy.ts");
  const { findInstallation } = await import("../aws/installation.ts");
  const { writeResult } = await import("../output/write-result.ts");
  const [target] = call.arguments;
  const given = awsSettings(call.given);
  const settings = target === undefined ? given : inRegionOf(target, given, call.given);
  const policy = callerPolicy(await findInstallation(settings), settings.installationName, functionNameIn(target));
  return writeResult(`${JSON.stringify(policy, undefined, 2)}\n`, call, exitCodes.done);
};

/** The name alone, of a name or an ARN that may have a qualifier. */
const functionNameIn = (target: string | undefined): string | undefined =>
  target === undefined ? undefined : (/^arn:.*:function:([^:]+)/.exec(target)?.[1] ?? target.split(":")[0]);
