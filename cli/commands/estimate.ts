import type { CommandDefinition } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { localFlags, requestFlags } from "../flags/request-flags.ts";

/** `estimate <target>`: what a run would cost and take, without running anything. */
export const estimateCommand: CommandDefinition = {
  name: "estimate",
  summary: "say what a run would cost and how long it would take, without running it",
  arguments: [{ name: "<target>", description: "a handler file, file:handler, a folder, or a name in the config" }],
  flagGroups: [
    { heading: "Request options", flags: requestFlags },
    { heading: "Options of a local target", flags: localFlags },
  ],
  examples: ["estimate ./handler.ts", "estimate ./handler.ts --memory 128,256,512 --method fixed --invocations 50"],
  run: async (call) => {
    const { prepareRun } = await import("../tune/prepare-run.ts");
    const { estimateRun } = await import("../tune/estimate-run.ts");
    const { latestReport } = await import("../reports/latest-report.ts");
    const { requireOutput } = await import("../output/require-output.ts");
    const { renderEstimate } = await import("../tune/render-estimate.ts");
    const { terminalOf } = await import("../output/terminal.ts");
    const { writeResult } = await import("../output/write-result.ts");
    requireOutput(call, ["table", "json"]);
    const { functionName, request, local } = await prepareRun(call);
    const estimate = estimateRun(functionName, request, local, await latestReport(functionName));
    const text =
      call.shared.output === "json"
        ? `${JSON.stringify(estimate, undefined, 2)}\n`
        : renderEstimate(estimate, terminalOf(call.shared));
    return writeResult(text, call, exitCodes.done);
  },
};
