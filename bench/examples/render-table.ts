import type { ExampleResult, ExamplesReport } from "./benchmark.ts";
import { cheapestOf } from "./dense-sweep.ts";

/** The report as text for a terminal. */
export const renderTable = (report: ExamplesReport): string =>
  [
    ...report.examples.flatMap(exampleLines),
    `all examples: ${share(report.within5PercentShare)} of runs within 5 % of the best, ${share(report.within5PercentOrTiedShare)} within 5 % or tied with it`,
    "",
  ].join("\n");

const exampleLines = (result: ExampleResult): readonly string[] => {
  const best = cheapestOf(result.denseSweep);
  return [
    `${result.name}: best ${best.memorySizeMb} MB`,
    row("", "MB", "USD/million", "+-", "over best"),
    ...result.denseSweep.map(({ memorySizeMb, chargePerMillionUsd, halfIntervalUsd }) =>
      row(
        "sweep",
        String(memorySizeMb),
        chargePerMillionUsd.toFixed(3),
        halfIntervalUsd.toFixed(3),
        percent(100 * (chargePerMillionUsd / best.chargePerMillionUsd - 1)),
      ),
    ),
    row("", "MB", "calls", "rounds", "over best"),
    ...result.runs.map(({ seed, memorySizeMb, invocations, rounds, excessPercent, within5Percent, tied }) =>
      row(
        `seed ${seed}`,
        memorySizeMb === undefined ? "none" : String(memorySizeMb),
        String(invocations),
        String(rounds),
        excessPercent === undefined ? "unknown" : percent(excessPercent),
        within5Percent || excessPercent === undefined ? "" : tied ? "tied" : "above 5 %",
      ),
    ),
    `${share(result.within5PercentShare)} of runs within 5 % of the best, ${share(result.within5PercentOrTiedShare)} within 5 % or tied with it`,
    "",
  ];
};

const row = (name: string, ...cells: readonly string[]): string =>
  `  ${name.padEnd(8)}${cells.map((cell) => cell.padStart(12)).join("")}`.trimEnd();

const percent = (value: number): string => `${value.toFixed(1)} %`;
const share = (value: number | undefined): string =>
  value === undefined ? "no share" : `${(100 * value).toFixed(0)} %`;
