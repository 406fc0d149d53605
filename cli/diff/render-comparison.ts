import { formatTimeout } from "../../core/report/format-duration.ts";
import { formatMemory } from "../../core/report/format-memory.ts";
import { columnDecimals, formatNumber } from "../../core/report/format-number.ts";
import { formatChange } from "../../core/report/format-percent.ts";
import { printable } from "../../core/report/format-text.ts";
import { type GridColumn, type Paint, renderGrid, type Role } from "../../core/report/render-grid.ts";
import type { AdviceComparison, Change, ReportComparison, SizeComparison } from "./compare-reports.ts";

/** A comparison as text for a terminal. */
export const renderComparison = (comparison: ReportComparison, width: number, paint: Paint): string => {
  const { runId, sizes, caveats, recommendedChargePerMillionUsd: charge } = comparison;
  const label = (text: string) => paint("quiet", text.padEnd(12));
  const blocks = [
    [paint("title", printable(nameOf(comparison))), paint("quiet", printable(`${runId.before} → ${runId.after}`))],
    [
      `${label("Memory")}${adviceWords(comparison.memorySizeMb, formatMemory)}`,
      `${label("Timeout")}${adviceWords(comparison.timeoutSeconds, formatTimeout)}`,
      ...(charge === undefined
        ? []
        : [
            `${label("Charge")}${formatNumber(charge.before, 2)} → ${formatNumber(charge.after, 2)} $/million as recommended, ${changeWords(charge)}`,
          ]),
    ],
    sizes.length === 0 ? ["No size was measured in both."] : renderGrid(columnsOf(sizes), sizes, width, paint),
    caveats.map((caveat) => `${paint("attention", "!")} ${printable(caveat)}`),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
};

/** A comparison as a Markdown table. */
export const renderComparisonMarkdown = (comparison: ReportComparison): string => {
  const { sizes, caveats } = comparison;
  const columns = columnsOf(sizes);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `**Memory** ${adviceWords(comparison.memorySizeMb, formatMemory)} · **Timeout** ${adviceWords(comparison.timeoutSeconds, formatTimeout)}`,
    "",
    ...(sizes.length === 0
      ? ["No size was measured in both."]
      : [
          line(columns.map(({ header }) => header)),
          line(columns.map(() => "--:")),
          ...sizes.map((size) => line(columns.map(({ cell }) => cell(size)))),
        ]),
    ...caveats.flatMap((caveat) => ["", `> **Note:** ${printable(caveat).replaceAll("<", "&lt;")}`]),
    "",
  ].join("\n");
};

const nameOf = ({ functionArn }: ReportComparison): string => functionArn.after.split(":")[6] ?? functionArn.after;

const adviceWords = ({ before, after }: AdviceComparison, format: (value: number) => string): string => {
  const words = (value: number | undefined) => (value === undefined ? "no advice" : format(value));
  return before === after ? `${words(after)} in both` : `${words(before)} → ${words(after)}`;
};

const changeWords = (change: Change): string => {
  if (change.isClear === false) return `${formatChange(change.percent)} (within the noise)`;
  return formatChange(change.percent);
};

const columnsOf = (sizes: readonly SizeComparison[]): GridColumn<SizeComparison>[] => [
  { header: "memory", align: "right", dispensable: 0, cell: ({ memorySizeMb }) => formatMemory(memorySizeMb) },
  ...figures("ms", sizes, ({ durationMs }) => durationMs),
  ...figures("$/million", sizes, ({ chargePerMillionUsd }) => chargePerMillionUsd),
];

const figures = (
  unit: string,
  sizes: readonly SizeComparison[],
  of: (size: SizeComparison) => Change,
): GridColumn<SizeComparison>[] => {
  const decimals = columnDecimals(sizes.flatMap((size) => [of(size).before, of(size).after]));
  const column = (header: string, cell: GridColumn<SizeComparison>["cell"]): GridColumn<SizeComparison> => ({
    header,
    align: "right",
    dispensable: 0,
    cell,
  });
  return [
    column(`${unit} before`, (size) => formatNumber(of(size).before, decimals)),
    column("after", (size) => formatNumber(of(size).after, decimals)),
    { ...column("change", (size) => changeCell(of(size))), role: (size) => roleOf(of(size)) },
  ];
};

const changeCell = ({ percent, isClear }: Change): string => `${isClear === false ? "~" : ""}${formatChange(percent)}`;

const roleOf = ({ percent, isClear }: Change): Role | undefined => {
  if (isClear !== true) return "quiet";
  return percent < 0 ? "good" : "bad";
};
