import type { CommandDefinition } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { awsFlags } from "../flags/aws-flags.ts";

/** `diff <old> <new>`: two reports side by side. */
export const diffCommand: CommandDefinition = {
  name: "diff",
  summary: "compare two reports of the same function",
  description:
    "Compares what two reports advise and the sizes that both measured. A change whose intervals overlap is marked with ~: it may be noise.",
  arguments: [
    { name: "<old>", description: "a report file, the id of a run, or - for stdin" },
    { name: "<new>", description: "the same" },
  ],
  formats: ["table", "json", "markdown"],
  flagGroups: [{ heading: "Options of a run in AWS", flags: awsFlags }],
  examples: ["diff main.json branch.json", "diff main.json branch.json --output markdown"],
  run: async (call) => {
    const { findReport } = await import("../reports/find-report.ts");
    const { compareReports } = await import("../diff/compare-reports.ts");
    const { renderComparison, renderComparisonMarkdown } = await import("../diff/render-comparison.ts");
    const { terminalOf } = await import("../output/terminal.ts");
    const { writeResult } = await import("../output/write-result.ts");
    const [before = "-", after = "-"] = call.arguments;
    const comparison = compareReports((await findReport(before, call)).report, (await findReport(after, call)).report);
    const { width, paint } = terminalOf(call.shared);
    const texts = {
      table: () => renderComparison(comparison, width, paint),
      markdown: () => renderComparisonMarkdown(comparison),
      json: () => `${JSON.stringify(comparison, undefined, 2)}\n`,
    };
    const { output } = call.shared;
    const text = output === "json" || output === "markdown" ? texts[output]() : texts.table();
    return writeResult(text, call, exitCodes.done);
  },
};
