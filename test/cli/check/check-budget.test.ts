import { expect, it } from "vitest";
import { checkBudget } from "../../../cli/check/check-budget.ts";
import { compareReports } from "../../../cli/diff/compare-reports.ts";
import type { Report } from "../../../core/report/schema.ts";
import { thumbnailReport } from "../../core/report/render-fixtures.ts";

/** A run whose means at the recommended size were unlucky. */
const unlucky: Report = {
  ...thumbnailReport,
  measurements: thumbnailReport.measurements.map((measurement) =>
    measurement.memorySizeMb === 640 ? { ...measurement, chargePerMillionUsd: { mean: 9.9 } } : measurement,
  ),
};

it("holds the charge that the report states against the budget, and the waste that follows from it", () => {
  const { checks } = checkBudget(unlucky, { chargePerMillionUsd: 6.1, wastePercent: 15 }, "recommended");
  expect(checks).toEqual([
    { name: "chargePerMillionUsd", limit: 6.1, value: 6.06, passed: true },
    { name: "wastePercent", limit: 15, value: expect.closeTo(100 * (6.93 / 6.06 - 1), 9), passed: true },
  ]);
});

it("compares the charges that both reports state", () => {
  const { recommendedChargePerMillionUsd: advised, sizes } = compareReports(thumbnailReport, unlucky);
  const size = sizes.find(({ memorySizeMb }) => memorySizeMb === 640);
  expect(size?.chargePerMillionUsd).toMatchObject({ before: 6.06, after: 6.06, isClear: false });
  expect(advised).toMatchObject({ before: 6.06, after: 6.06 });
});
