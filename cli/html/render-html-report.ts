import { renderHtml } from "../../core/report/render-html.ts";
import type { Report } from "../../core/report/schema.ts";
import { renderCharts } from "./charts.ts";

/** A report as one self-contained HTML page: pictures, tables and styles inside, nothing fetched. */
export const renderHtmlReport = (report: Report): string => renderHtml(report, renderCharts(report));
