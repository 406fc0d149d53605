import { type SizeRow, sizeRows } from "./render-rows.ts";
import { targetName } from "./render-statements.ts";
import type { Report } from "./schema.ts";

type Value = string | number | boolean | undefined;

/**
 * A report as CSV (RFC 4180 with line feeds): one line a size, numbers unrounded, units in the header. What was not
 * measured is an empty cell. Text cannot start a spreadsheet formula.
 *
 * @returns A header line and one line a size, each ending with a line break.
 * @see {@link https://owasp.org/www-community/attacks/CSV_Injection}
 */
export const renderCsv = (report: Report): string => {
  const records = sizeRows(report).map((row) => recordOf(report, row));
  const lines = [headers, ...records.map((record) => headers.map((header) => record[header]))];
  return lines.map((line) => `${line.map(cell).join(",")}\n`).join("");
};

const headers = [
  "function",
  "runId",
  "memorySizeMb",
  "outcome",
  "recommended",
  "tied",
  "current",
  "n",
  "durationMeanMs",
  "durationMeanLowerMs",
  "durationMeanUpperMs",
  "durationP50Ms",
  "durationP90Ms",
  "durationP95Ms",
  "durationP99Ms",
  "durationMinMs",
  "durationMaxMs",
  "chargePerMillionUsd",
  "chargePerMillionLowerUsd",
  "chargePerMillionUpperUsd",
  "chargeChangePercent",
  "coldStarts",
  "coldInitMeanMs",
  "coldInitMaxMs",
  "coldDurationMeanMs",
  "maxMemoryUsedMb",
  "failures",
  "failureExample",
  "estimatedChargePerMillionUsd",
] as const;

const recordOf = (report: Report, row: SizeRow): Record<(typeof headers)[number], Value> => {
  const { durationMs: duration, chargePerMillionUsd: charge, coldStart, maxMemoryUsedMb, errors } = row.measurement;
  return {
    function: targetName(report),
    runId: report.run.id,
    memorySizeMb: row.memorySizeMb,
    outcome: row.outcome,
    recommended: row.marks.includes("recommended"),
    tied: row.marks.includes("tied"),
    current: row.marks.includes("current"),
    n: duration?.n,
    durationMeanMs: duration?.mean,
    durationMeanLowerMs: duration?.meanInterval?.lower,
    durationMeanUpperMs: duration?.meanInterval?.upper,
    durationP50Ms: duration?.p50,
    durationP90Ms: duration?.p90,
    durationP95Ms: duration?.p95,
    durationP99Ms: duration?.p99,
    durationMinMs: duration?.min,
    durationMaxMs: duration?.max,
    chargePerMillionUsd: charge?.mean,
    chargePerMillionLowerUsd: charge?.interval?.lower,
    chargePerMillionUpperUsd: charge?.interval?.upper,
    chargeChangePercent: row.chargeChangePercent,
    coldStarts: coldStart?.n,
    coldInitMeanMs: coldStart?.initMs?.mean,
    coldInitMaxMs: coldStart?.initMs?.max,
    coldDurationMeanMs: coldStart?.durationMs?.mean,
    maxMemoryUsedMb,
    failures: errors.reduce((sum, { count }) => sum + count, 0),
    failureExample: errors[0] === undefined ? undefined : `${errors[0].type}: ${errors[0].example}`,
    estimatedChargePerMillionUsd: row.chargePerMillionUsd,
  };
};

const cell = (value: Value): string => {
  if (value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const inert = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};
