import type { Call, CommandDefinition } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { awsFlags } from "../flags/aws-flags.ts";
import { localFlags, requestFlags } from "../flags/request-flags.ts";
import type { RunEstimate } from "../tune/estimate-run.ts";
import type { DeployedTarget, LocalTarget } from "../tune/resolve-target.ts";

/** `estimate <target>`: what a run would cost and take, without running anything. */
export const estimateCommand: CommandDefinition = {
  name: "estimate",
  summary: "say what a run would cost and how long it would take, without running it",
  arguments: [
    {
      name: "<target>",
      description:
        "a handler file, file:handler, a folder, a name in the config, or the name or ARN of a deployed function",
    },
  ],
  formats: ["table", "json"],
  flagGroups: [
    { heading: "Request options", flags: requestFlags },
    { heading: "Options of a local target", flags: localFlags },
    { heading: "Options of a deployed target", flags: awsFlags },
  ],
  examples: [
    "estimate ./handler.ts",
    "estimate my-function --region eu-west-1",
    "estimate ./handler.ts --memory 128,256,512 --method fixed --invocations 50",
  ],
  run: async (call) => {
    const { inGivenNames } = await import("../tune/in-given-names.ts");
    const { resolveTarget } = await import("../tune/resolve-target.ts");
    const { renderEstimate } = await import("../tune/render-estimate.ts");
    const { terminalOf } = await import("../output/terminal.ts");
    const { writeResult } = await import("../output/write-result.ts");
    const target = await resolveTarget(call.arguments[0] ?? ".", call.shared.config);
    try {
      const estimate = target.kind === "local" ? await estimateLocal(target, call) : await estimateInAws(target, call);
      const text =
        call.shared.output === "json"
          ? `${JSON.stringify(estimate, undefined, 2)}\n`
          : renderEstimate(estimate, terminalOf(call.shared));
      return await writeResult(text, call, exitCodes.done);
    } catch (error) {
      throw inGivenNames(error, target, call.given);
    }
  },
};

const estimateLocal = async (target: LocalTarget, call: Call): Promise<RunEstimate> => {
  const { prepareRun } = await import("../tune/prepare-run.ts");
  const { estimateRun } = await import("../tune/estimate-run.ts");
  const { latestReport } = await import("../reports/latest-report.ts");
  const { functionName, request, local, history } = await prepareRun(target, call);
  return estimateRun(functionName, request, local, await latestReport(functionName), history);
};

const estimateInAws = async (target: DeployedTarget, call: Call): Promise<RunEstimate> => {
  const { estimateInAccount } = await import("../aws/estimate-in-account.ts");
  return estimateInAccount(target, call);
};
