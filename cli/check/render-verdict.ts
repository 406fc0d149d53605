import { formatDuration } from "../../core/report/format-duration.ts";
import { formatMemory } from "../../core/report/format-memory.ts";
import { formatPercent } from "../../core/report/format-percent.ts";
import { formatUsd } from "../../core/report/format-usd.ts";
import type { Paint } from "../../core/report/render-grid.ts";
import type { BudgetCheck, BudgetVerdict } from "./check-budget.ts";

/** A verdict as text: one line a limit. */
export const renderVerdict = ({ passed, setting, memorySizeMb, checks }: BudgetVerdict, paint: Paint): string => {
  const size =
    memorySizeMb === undefined ? `no ${setting} size in the report` : `at ${formatMemory(memorySizeMb)}, ${setting}`;
  return [
    `${passed ? paint("good", "Within budget") : paint("bad", "Over budget")} (${size})`,
    ...checks.map((check) => `  ${check.passed ? paint("good", "ok  ") : paint("bad", "over")}  ${describe(check)}`),
    "",
  ].join("\n");
};

const describe = ({ name, limit, value }: BudgetCheck): string => {
  const { label, format } = meaningOf(name);
  const seen = value === undefined ? "not in the report" : format(value);
  return `${label}: ${seen}, limit ${format(limit)}`;
};

const meaningOf = (name: string): { label: string; format: (value: number) => string } => {
  if (name === "chargePerMillionUsd") return { label: "charge of a million invocations", format: formatUsd };
  if (name === "wastePercent") return { label: "current size above the recommended one", format: formatPercent };
  return { label: `${name.replace("durationMs.", "")} duration`, format: formatDuration };
};
