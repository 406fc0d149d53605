import { describeWarning } from "../warning.ts";
import type { Report } from "./schema.ts";

/**
 * Leaves single samples out of a report that would otherwise exceed a limit, and says so in a warning.
 *
 * Summaries rest on all samples either way.
 *
 * @param limitBytes - Of the report's JSON; the length in UTF-16 units stands for it, as the report is nearly all ASCII.
 */
export const dropSamplesToFit = (report: Report, limitBytes: number): Report => {
  if (JSON.stringify(report).length <= limitBytes) return report;
  const count = report.measurements.reduce((sum, { samples }) => sum + (samples?.length ?? 0), 0);
  const warning = {
    kind: "samples-dropped" as const,
    count,
    reason: `the report may hold ${limitBytes} bytes between two states.`,
  };
  return {
    ...report,
    measurements: report.measurements.map(({ samples: _samples, ...summary }) => summary),
    warnings: [...report.warnings, { ...warning, message: describeWarning(warning) }],
  };
};
