import { describe, expect, it } from "vitest";
import { renderCsv } from "../../../core/report/render-csv.ts";
import { sizeRows } from "../../../core/report/render-rows.ts";
import { renderTable } from "../../../core/report/render-table.ts";
import type { Report } from "../../../core/report/schema.ts";
import { thumbnailReport } from "./render-fixtures.ts";

/** A run whose measured means disagree with what all sizes together say of the current one. */
const unlucky: Report = {
  ...thumbnailReport,
  measurements: thumbnailReport.measurements.map((measurement) =>
    measurement.memorySizeMb === 1024 ? { ...measurement, chargePerMillionUsd: { mean: 9.9 } } : measurement,
  ),
};

describe("the change of charge at the recommended size", () => {
  it("is the saving that the advice states, whatever luck the measured means had", () => {
    const row = sizeRows(unlucky).find(({ marks }) => marks.includes("recommended"));
    expect(row?.chargePerMillionUsd).toBe(unlucky.recommendation?.chargePerMillionUsd.expected);
    expect(row?.chargeChangePercent).toBeCloseTo(-12.6, 1);
    expect(renderTable(unlucky)).toMatch(/13% cheaper[^]*> +640 MB .* 6\.06 +-13%/);
  });

  it("is that of the means where no estimate was made", () => {
    const { model: _none, ...measuredAlone } = unlucky;
    const row = sizeRows(measuredAlone).find(({ marks }) => marks.includes("recommended"));
    expect(row?.chargePerMillionUsd).toBe(6.03);
    expect(row?.chargeChangePercent).toBeCloseTo(100 * (6.03 / 9.9 - 1), 9);
  });

  it("stands in CSV beside the charge that it is made from and the measured one", () => {
    const [header = "", ...lines] = renderCsv(unlucky).trim().split("\n");
    const names = header.split(",");
    const current = lines.map((line) => line.split(",")).find((cells) => cells[names.indexOf("current")] === "true");
    const cell = (name: string) => current?.[names.indexOf(name)];
    expect([cell("chargePerMillionUsd"), cell("estimatedChargePerMillionUsd")]).toEqual(["9.9", "6.93"]);
  });
});

it("gives the charge that the advice rests on where every invocation was a cold start", () => {
  const measurements = thumbnailReport.measurements.map(({ chargePerMillionUsd: _none, ...coldAlone }) => coldAlone);
  const row = sizeRows({ ...thumbnailReport, measurements }).find(({ marks }) => marks.includes("recommended"));
  expect(row).toMatchObject({ chargePerMillionUsd: 6.06, chargeChangePercent: expect.closeTo(-12.6, 1) });
});

it("gives a size that could not be measured no charge, though a curve runs past it", () => {
  const [smallest] = sizeRows(thumbnailReport);
  expect(smallest).not.toHaveProperty("chargePerMillionUsd");
  expect(smallest).not.toHaveProperty("chargeChangePercent");
});
