import { printable } from "./format-text.ts";
import { productionStatement } from "./production-statement.ts";
import { type FigureColumn, figureColumns } from "./render-columns.ts";
import { describeOutcome, type SizeRow, sizeRows } from "./render-rows.ts";
import {
  confidenceStatement,
  costStatement,
  effortStatement,
  estimateStatement,
  goalOf,
  memoryStatement,
  monthlySavingStatement,
  provenance,
  restorationStatement,
  type SettingStatement,
  sloStatement,
  targetName,
  tieStatement,
  timeoutGrounds,
  timeoutStatement,
} from "./render-statements.ts";
import type { Report } from "./schema.ts";
import { alternativesStatement } from "./timeout-alternatives.ts";

/**
 * A report as GitHub-flavoured Markdown, for a pull request comment or a job summary.
 *
 * Text of the user's cannot break the table, add markup or mention anybody.
 */
export const renderMarkdown = (report: Report): string =>
  `${[
    `## ${escaped(targetName(report))}`,
    settings(report),
    statements(report),
    sizes(report),
    details(report),
    warnings(report),
    `<sub>${escaped(`lambda-tuner ${report.tool.version} · ${provenance(report)} · run ${report.run.id}`)}</sub>`,
  ]
    .filter((block) => block !== "")
    .join("\n\n")}\n`;

const settings = (report: Report): string => {
  const memory = memoryStatement(report);
  if (memory === undefined) return "**No recommendation**: no size could be measured.";
  const timeout = timeoutStatement(report);
  return [
    "| Setting | Advice | Now | Effect |",
    "|---|---|---|---|",
    settingLine("Memory", memory),
    ...(timeout === undefined ? [] : [settingLine("Timeout", timeout)]),
  ].join("\n");
};

const settingLine = (name: string, { advised, current, changes, effect }: SettingStatement): string =>
  `| ${name} | **${changes ? advised : `keep ${advised}`}** | ${current} | ${escaped(effect)} |`;

const statements = (report: Report): string => {
  const saving = monthlySavingStatement(report);
  return [
    labelled("Confidence", confidenceStatement(report)),
    labelled("Objective", objective(report)),
    labelled("Tied", tieStatement(report)),
    labelled(saving?.label ?? "", saving?.words),
  ]
    .filter((line) => line !== "")
    .join("\n");
};

const objective = (report: Report): string | undefined =>
  sloStatement(report) ?? (report.recommendation === undefined ? undefined : goalOf(report.recommendation.objective));

const sizes = (report: Report): string => {
  const rows = sizeRows(report);
  if (rows.length === 0) return "";
  const columns = figureColumns(rows, report.recommendation?.confidence).filter(({ cell }) =>
    rows.some((row) => cell(row) !== ""),
  );
  return [
    tableLine(["Memory", ...columns.map(({ header }) => header), ""]),
    tableLine(["--:", ...columns.map(() => "--:"), "---"]),
    ...rows.map((row) => sizeLine(row, columns)),
  ].join("\n");
};

const sizeLine = (row: SizeRow, columns: readonly FigureColumn[]): string => {
  const strong = (text: string) => (row.marks.includes("recommended") && text !== "" ? `**${text}**` : text);
  const notes = [...(row.outcome === "measured" ? [] : [describeOutcome(row.outcome)]), ...row.marks].join(", ");
  const cells = [`${row.memorySizeMb} MB`, ...columns.map(({ cell }) => cell(row)), notes];
  return tableLine(cells.map(strong));
};

const tableLine = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const details = (report: Report): string => {
  const failures = report.measurements.flatMap(({ memorySizeMb, errors }) =>
    errors.map(({ type, count, example }) => `  - ${memorySizeMb} MB, ${count} times ${code(`${type}: ${example}`)}`),
  );
  return [
    "<details><summary>What stands behind it</summary>",
    "",
    ...[
      labelled("Because", becauseWords(report)),
      labelled("Function", report.model?.explanation),
      labelled("Timeout", timeoutGrounds(report)),
      labelled("Otherwise", alternativesStatement(report)),
      labelled("Production", productionStatement(report)),
      labelled("Run", `${effortStatement(report)}; ${costStatement(report)}`),
      labelled("Restored", restorationStatement(report)),
      ...(failures.length === 0 ? [] : [["- **Failures**:", ...failures].join("\n")]),
    ].filter((line) => line !== ""),
    "",
    "</details>",
  ].join("\n");
};

const becauseWords = (report: Report): string =>
  [...(report.recommendation?.explanation ?? []), estimateStatement(report) ?? ""].join(" ").trim();

const warnings = ({ warnings: all }: Report): string =>
  all.length === 0 ? "" : all.map(({ message }) => `> **Note:** ${escaped(message)}`).join("\n>\n");

const labelled = (label: string, text: string | undefined): string =>
  text === undefined || text === "" ? "" : `- **${label}**: ${escaped(text)}`;

/** Text without any meaning to Markdown: markup is escaped, and a zero-width space keeps `@name` from mentioning. */
const escaped = (text: string): string =>
  printable(text)
    .replace(/[\\`*_[\]|~#]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "@\u200B");

/** Text as a code span, with a fence longer than any run of backticks in it. */
const code = (text: string): string => {
  const shown = printable(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${shown} ${fence}`;
};
