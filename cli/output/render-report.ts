import { renderCsv } from "../../core/report/render-csv.ts";
import { renderMarkdown } from "../../core/report/render-markdown.ts";
import { renderTable } from "../../core/report/render-table.ts";
import type { Report } from "../../core/report/schema.ts";
import type { SharedFlags } from "../flags/shared-flags.ts";
import { terminalOf } from "./terminal.ts";

/**
 * A report in the format that the flags ask for.
 *
 * @param document - The report as it was read, fields that this version does not know included; what JSON prints.
 */
export const renderReport = async (
  report: Report,
  shared: SharedFlags,
  document: unknown = report,
): Promise<string> => {
  switch (shared.output) {
    case "table":
      return renderTable(report, terminalOf(shared));
    case "json":
      return `${JSON.stringify(document, undefined, 2)}\n`;
    case "markdown":
      return renderMarkdown(report);
    case "csv":
      return renderCsv(report);
    case "html": {
      const { renderHtmlReport } = await import("../html/render-html-report.ts");
      return renderHtmlReport(report);
    }
  }
};
