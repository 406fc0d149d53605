import type { CommandDefinition } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { awsFlags } from "../flags/aws-flags.ts";
import { outputFormats } from "../flags/shared-flags.ts";

/** `report <report>`: a stored report, or that of a run in AWS, in any format. */
export const reportCommand: CommandDefinition = {
  name: "report",
  summary: "show a report in another format",
  arguments: [{ name: "<report>", description: "a report file, the id of a run, s3://bucket/key, or - for stdin" }],
  formats: outputFormats,
  flagGroups: [{ heading: "Options of a run in AWS", flags: awsFlags }],
  examples: [
    "report report.json",
    "report report.json --output html --out report.html",
    "tune ./fn -o json | lambda-tuner report -",
  ],
  run: async (call) => {
    const { findReport } = await import("../reports/find-report.ts");
    const { renderReport } = await import("../output/render-report.ts");
    const { writeResult } = await import("../output/write-result.ts");
    const { report, document } = await findReport(call.arguments[0] ?? "-", call);
    return writeResult(await renderReport(report, call.shared, document), call, exitCodes.done);
  },
};
