import type { CommandDefinition } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `report <file>`: a stored report in any format. */
export const reportCommand: CommandDefinition = {
  name: "report",
  summary: "show a report in another format",
  arguments: [{ name: "<report>", description: "a report file, the id of a run, or - for stdin" }],
  flagGroups: [],
  examples: [
    "report report.json",
    "report report.json --output html --out report.html",
    "tune ./fn -o json | lambda-tuner report -",
  ],
  run: async (call) => {
    const { loadReport } = await import("../reports/load-report.ts");
    const { renderReport } = await import("../output/render-report.ts");
    const { writeResult } = await import("../output/write-result.ts");
    const { report, document } = await loadReport(call.arguments[0] ?? "-");
    return writeResult(await renderReport(report, call.shared, document), call, exitCodes.done);
  },
};
