import { renderCsv } from "../../core/report/render-csv.ts";
import { renderMarkdown } from "../../core/report/render-markdown.ts";
import { renderTable } from "../../core/report/render-table.ts";
import type { Report } from "../../core/report/schema.ts";
import type { SharedFlags } from "../flags/shared-flags.ts";
import { paintFor } from "./paint.ts";

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
    case "table": {
      const toTerminal = shared.out === undefined;
      return renderTable(report, {
        width: (toTerminal ? process.stdout.columns : undefined) ?? 100,
        paint: paintFor(process.stdout, toTerminal && shared.color && !shared.ci),
      });
    }
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
