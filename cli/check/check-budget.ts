import { type SizeMark, type SizeRow, sizeRows } from "../../core/report/render-rows.ts";
import type { Report } from "../../core/report/schema.ts";
import type { Budget } from "./budget.ts";

/** Which setting of the function is held against the budget. */
export type CheckedSetting = "recommended" | "current";

/** One limit, and what the report says of it. */
export interface BudgetCheck {
  readonly name: string;
  readonly limit: number;
  /** Absent when the report does not have it: a limit that cannot be shown to hold fails. */
  readonly value?: number;
  readonly passed: boolean;
}

/** The verdict on a report. */
export interface BudgetVerdict {
  readonly passed: boolean;
  readonly setting: CheckedSetting;
  /** Absent when the report has no such size. */
  readonly memorySizeMb?: number;
  readonly checks: readonly BudgetCheck[];
}

/** Holds a report against a budget. */
export const checkBudget = (report: Report, budget: Budget, setting: CheckedSetting): BudgetVerdict => {
  const memorySizeMb = setting === "current" ? report.currentMemorySize : report.recommendation?.memorySizeMb;
  const rows = sizeRows(report);
  const row = rows.find((size) => size.memorySizeMb === memorySizeMb);
  const checks = [
    ...check("chargePerMillionUsd", budget.chargePerMillionUsd, row?.chargePerMillionUsd),
    ...(["mean", "p50", "p95", "p99"] as const).flatMap((statistic) =>
      check(`durationMs.${statistic}`, budget.durationMs?.[statistic], row?.measurement.durationMs?.[statistic]),
    ),
    ...check("wastePercent", budget.wastePercent, wasteOf(rows)),
  ];
  return {
    passed: checks.every(({ passed }) => passed),
    setting,
    ...(memorySizeMb === undefined ? {} : { memorySizeMb }),
    checks,
  };
};

const check = (name: string, limit: number | undefined, value: number | undefined): BudgetCheck[] => {
  if (limit === undefined) return [];
  return [value === undefined ? { name, limit, passed: false } : { name, limit, value, passed: value <= limit }];
};

/** What the current size costs above the recommended one, in percent of that; never below 0. */
const wasteOf = (rows: readonly SizeRow[]): number | undefined => {
  const chargeAt = (mark: SizeMark) => rows.find(({ marks }) => marks.includes(mark))?.chargePerMillionUsd;
  const [current, recommended] = [chargeAt("current"), chargeAt("recommended")];
  if (current === undefined || recommended === undefined || recommended <= 0) return undefined;
  return Math.max(0, (current / recommended - 1) * 100);
};
