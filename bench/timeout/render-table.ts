import type { RuleResult, TimeoutBenchmark } from "./benchmark.ts";

/** The benchmark's result as tables for people. */
export const renderTable = ({ functions, seed, idealFromSeconds, results, targets }: TimeoutBenchmark): string => {
  const rows = results
    .filter(isShown)
    .map((result) => [
      result.rule,
      result.productionInvocations === 0 ? "none" : String(result.productionInvocations),
      result.memory,
      String(result.samples),
      percent(result.falseTimeouts.mean, 3),
      percent(result.above1e3),
      percent(result.above1e4),
      percent(result.above1e4Light),
      percent(result.above1e4Heavy),
      result.overshoot.median.toFixed(2),
      result.overshoot.p90.toFixed(2),
      result.overshoot.medianFromOneSecond.toFixed(2),
      result.coverage === undefined ? "" : percent(result.coverage.reached),
    ]);
  const head = [
    "rule",
    "N",
    "memory",
    "n",
    "cut off",
    ">1e-3",
    ">1e-4",
    "light",
    "heavy",
    "over",
    "p90",
    "from 1 s",
    "95% holds",
  ];
  const verdicts = targets.map(({ name, limit, value, met }) => [
    met ? "met" : "MISSED",
    name,
    value.toFixed(3),
    `<= ${limit}`,
  ]);
  return [
    `${functions} functions, seed ${seed}: share of functions above a cut share, and timeout over the ideal one (whole seconds, from ${idealFromSeconds} s)\n`,
    aligned([head, ...rows]),
    "\n",
    aligned(verdicts),
  ].join("");
};

/** Rules of thumb that look at production do not depend on the tuning samples: one row of each is enough. */
const isShown = ({ rule, samples, productionInvocations }: RuleResult): boolean =>
  rule === "bounded-risk" ||
  rule === "plain bounded risk" ||
  rule === "p99-based" ||
  productionInvocations === 0 ||
  samples === 20;

const percent = (share: number, decimals = 1): string => `${(100 * share).toFixed(decimals)}%`;

const aligned = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
};
