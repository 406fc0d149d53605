import type { BenchmarkReport } from "./benchmark.ts";

/** The benchmark's result as a table for people. */
export const renderTable = (report: BenchmarkReport): string => {
  const head = `${report.population}: ${report.functions} functions, ${report.runs} runs, seed ${report.seed}\n`;
  const columns = [
    "method",
    "mean",
    "median",
    "p95",
    "max",
    ">5%",
    "calls",
    "p95",
    "sizes",
    "rounds",
    "spend",
    "mean spend",
    "time",
    "cover",
    "savings",
    "bound",
    "ms",
  ];
  const rows = Object.entries(report.methods).map(([name, summary]) => [
    name,
    fixed(summary.regretPercent.mean, 2),
    fixed(summary.regretPercent.median, 2),
    fixed(summary.regretPercent.p95, 1),
    fixed(summary.regretPercent.max, 0),
    percent(summary.above5PercentShare),
    fixed(summary.invocations.mean, 0),
    fixed(summary.invocations.p95, 0),
    fixed(summary.sizes, 1),
    `${fixed(summary.rounds.mean, 1)}/${summary.rounds.max}`,
    percent(summary.spendRatioToFixedGrid50),
    percent(summary.meanSpendRatioToFixedGrid50),
    percent(summary.timeRatioToFixedGrid50),
    percent(summary.intervalCoverage95),
    percent(summary.savingsCoverage95),
    percent(summary.regretBound90Held),
    fixed(summary.slowestDecisionMs, 0),
  ]);
  return head + aligned([columns, ...rows]) + conditions(report);
};

/** A table of its own for the objectives that set a condition on the duration. */
const conditions = ({ methods }: BenchmarkReport): string => {
  const columns = ["condition", "missed", "shown", "estimated", "unfound", "wrongly", "extra mean", "median", "p95"];
  const rows = Object.entries(methods).flatMap(([name, { condition }]) =>
    condition === undefined
      ? []
      : [
          [
            name,
            percent(condition.missedShare),
            percent(condition.shownShare),
            percent(condition.estimatedShare),
            percent(condition.unfoundShare),
            percent(condition.wronglyClaimedShare),
            fixed(condition.extraCostPercent.mean, 2),
            fixed(condition.extraCostPercent.median, 2),
            fixed(condition.extraCostPercent.p95, 1),
          ],
        ],
  );
  return rows.length === 0 ? "" : `\n${aligned([columns, ...rows])}`;
};

const fixed = (value: number | undefined, digits: number): string => value?.toFixed(digits) ?? "";
const percent = (share: number | undefined): string => (share === undefined ? "" : `${(100 * share).toFixed(1)}%`);

const aligned = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ")}\n`,
    )
    .join("");
};
