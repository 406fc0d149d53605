import { printable, wrapped } from "./format-text.ts";
import { productionStatement } from "./production-statement.ts";
import { figureColumns } from "./render-columns.ts";
import { type GridColumn, type Paint, plain, renderGrid, type Role } from "./render-grid.ts";
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

/** How much room there is, and how text is styled. */
export interface TableOptions {
  /** Characters a line may take; 100 by default, used from 60 to 120. */
  readonly width?: number;
  /** Styles text for a terminal; by default nothing is styled. */
  readonly paint?: Paint;
}

interface Canvas {
  readonly width: number;
  readonly paint: Paint;
}

/**
 * A report as text for a terminal: the advice first, then the sizes, then what stands behind it.
 *
 * @returns Lines ending with a line break.
 */
export const renderTable = (report: Report, options: TableOptions = {}): string => {
  const canvas = { width: Math.min(120, Math.max(60, options.width ?? 100)), paint: options.paint ?? plain };
  const blocks = [
    title(report, canvas),
    advice(report, canvas),
    sizes(report, canvas),
    grounds(report, canvas),
    warnings(report, canvas),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
};

const title = (report: Report, { width, paint }: Canvas): string[] => [
  paint("title", printable(targetName(report))),
  ...wrapped(printable(provenance(report)), width).map((line) => paint("quiet", line)),
];

const advice = (report: Report, canvas: Canvas): string[] => {
  const memory = memoryStatement(report);
  const timeout = timeoutStatement(report);
  const saving = monthlySavingStatement(report);
  if (memory === undefined) {
    return entry("Memory", canvas.paint("bad", "no recommendation: no size could be measured"), canvas, "bad");
  }
  const statements = [memory, ...(timeout === undefined ? [] : [timeout])];
  const conclusive = report.recommendation?.conclusive === true;
  const lines = [
    ...setting("Memory", memory, statements, canvas),
    ...(timeout === undefined ? [] : setting("Timeout", timeout, statements, canvas)),
    ...labelled("Confidence", confidenceStatement(report), canvas, conclusive ? undefined : "attention"),
    ...labelled("Objective", objective(report), canvas),
    ...labelled("Tied", tieStatement(report), canvas),
    ...labelled(saving?.label ?? "", saving?.words, canvas),
  ];
  return lines;
};

const objective = (report: Report): string | undefined =>
  sloStatement(report) ?? (report.recommendation === undefined ? undefined : goalOf(report.recommendation.objective));

const sizes = (report: Report, { width, paint }: Canvas): string[] => {
  const rows = sizeRows(report);
  if (rows.length === 0) return [];
  return renderGrid(sizeColumns(rows, report), rows, width, paint);
};

const grounds = (report: Report, canvas: Canvas): string[] => {
  const restored = report.restoration.equal && report.restoration.leftovers.length === 0;
  return [
    ...labelled("Because", becauseWords(report), canvas),
    ...labelled("Function", report.model?.explanation, canvas),
    ...labelled("Timeout", timeoutGrounds(report), canvas),
    ...labelled("Otherwise", alternativesStatement(report), canvas),
    ...labelled("Production", productionStatement(report), canvas),
    ...labelled("Run", `${effortStatement(report)}; ${costStatement(report)}`, canvas),
    ...labelled("Restored", restorationStatement(report), canvas, restored ? "good" : "bad"),
  ];
};

const becauseWords = (report: Report): string =>
  [...(report.recommendation?.explanation ?? []), estimateStatement(report) ?? ""].join(" ").trim();

const warnings = (report: Report, { width, paint }: Canvas): string[] =>
  report.warnings.flatMap(({ message }) =>
    wrapped(printable(message), width - 2).map(
      (line, index) => `${index === 0 ? paint("attention", "!") : " "} ${line}`,
    ),
  );

const labelRoom = 12;

const setting = (
  label: string,
  statement: SettingStatement,
  all: readonly SettingStatement[],
  canvas: Canvas,
): string[] => {
  const advisedRoom = Math.max(...all.map(({ advised }) => advised.length));
  const currentRoom = Math.max(...all.map(({ current }) => current.length)) + "now ".length;
  const start = `${statement.advised.padEnd(advisedRoom)}   `;
  const now = (statement.changes ? `now ${statement.current}` : "keep").padEnd(currentRoom);
  const head = `${canvas.paint("quiet", label.padEnd(labelRoom))}${canvas.paint("good", start)}${canvas.paint("quiet", now)}`;
  const column = labelRoom + start.length + now.length + 3;
  const fits = canvas.width - column >= 24;
  const indent = fits ? column : labelRoom;
  const lines = wrapped(statement.effect, canvas.width - indent).map((line) => `${" ".repeat(indent)}${line}`);
  return fits
    ? [`${head}   ${lines[0]?.slice(indent) ?? ""}`.trimEnd(), ...lines.slice(1)]
    : [head.trimEnd(), ...lines];
};

const labelled = (label: string, text: string | undefined, canvas: Canvas, role?: Role): string[] =>
  text === undefined || text === "" ? [] : entry(label, printable(text), canvas, role);

const entry = (label: string, text: string, { width, paint }: Canvas, role?: Role): string[] =>
  wrapped(text, width - labelRoom).map((line, index) => {
    const shown = role === undefined ? line : paint(role, line);
    return `${paint("quiet", (index === 0 ? label : "").padEnd(labelRoom))}${shown}`;
  });

const dispensability: Readonly<Record<string, number>> = {
  p50: 6,
  n: 5,
  p95: 4,
  "cold-init": 3,
  used: 2,
  "half-interval": 1,
  p99: 1,
};

const sizeColumns = (rows: readonly SizeRow[], report: Report): GridColumn<SizeRow>[] => {
  const figures = figureColumns(rows, report.recommendation?.confidence);
  return [
    {
      header: "",
      align: "left",
      dispensable: 0,
      cell: ({ marks }) => (marks.includes("recommended") ? ">" : " "),
      role: () => "good",
    },
    {
      header: "memory",
      align: "right",
      dispensable: 0,
      cell: ({ memorySizeMb }) => `${memorySizeMb} MB`,
      role: rowRole,
    },
    ...figures.map(({ id, header, cell }) => ({
      header,
      align: "right" as const,
      cell,
      dispensable: dispensability[id] ?? 0,
      role: id === "half-interval" || id === "n" ? quiet : rowRole,
    })),
    { header: "charge", align: "left", dispensable: 7, cell: bar(rows), role: rowRole },
    { header: "", align: "left", dispensable: 0, cell: note, role: noteRole },
  ];
};

const quiet = (): Role => "quiet";

const rowRole = ({ marks, outcome }: SizeRow): Role | undefined => {
  if (marks.includes("recommended")) return "good";
  return outcome === "measured" ? undefined : "quiet";
};

const note = ({ marks, outcome }: SizeRow): string =>
  [...(outcome === "measured" ? [] : [describeOutcome(outcome)]), ...marks].join(", ");

const noteRole = (row: SizeRow): Role => {
  if (row.outcome !== "measured") return "attention";
  return row.marks.includes("recommended") ? "good" : "quiet";
};

const barRoom = 12;
const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** A bar of the charge, the dearest size taking all the room. */
const bar = (rows: readonly SizeRow[]): ((row: SizeRow) => string) => {
  const most = Math.max(0, ...rows.flatMap(({ chargePerMillionUsd }) => chargePerMillionUsd ?? []));
  return ({ chargePerMillionUsd }) => {
    if (chargePerMillionUsd === undefined || most <= 0) return "";
    const units = Math.max(1, Math.round((chargePerMillionUsd / most) * barRoom * 8));
    return `${"█".repeat(Math.floor(units / 8))}${eighths[units % 8] ?? ""}`;
  };
};
