import { describe, expect, it } from "vitest";
import { renderCharts } from "../../../cli/html/charts.ts";
import { hostileReport, inconclusiveReport, thumbnailReport } from "../../core/report/render-fixtures.ts";

describe("the charts of a report", () => {
  it("say in words what they show", () => {
    const { duration = "", charge = "" } = renderCharts(thumbnailReport);
    expect(duration).toContain(
      "Mean duration by memory: 256 MB 1.62 s; 512 MB (tied) 712 ms; 640 MB (recommended) 560 ms;",
    );
    expect(charge).toContain("1024 MB (current) $6.93; 1769 MB $9.01; 3008 MB $14.79. Not usable: 128 MB.");
  });

  it("mark the advised and the current size", () => {
    const { duration = "" } = renderCharts(thumbnailReport);
    expect(duration).toContain(">advised 640 MB: 560 ms</text>");
    expect(duration).toContain(">now 1024 MB: 402 ms</text>");
  });

  it("join the points where no model was fitted", () => {
    const { duration = "" } = renderCharts(inconclusiveReport);
    expect(duration).toContain('aria-label="line"');
    expect(duration).not.toContain('aria-label="area"');
  });

  it("are absent where nothing was measured", () => {
    expect(renderCharts(hostileReport)).toEqual({});
  });

  it("switch to a logarithmic axis rather than lose the small values", () => {
    const measurements = thumbnailReport.measurements.map((measurement) =>
      measurement.memorySizeMb === 256 && measurement.durationMs !== undefined
        ? { ...measurement, durationMs: { ...measurement.durationMs, mean: 90_000 } }
        : measurement,
    );
    const { duration = "" } = renderCharts({ ...thumbnailReport, measurements });
    expect(duration).not.toContain(">0 ms</text>");
  });
});
