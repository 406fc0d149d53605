import { expect, it } from "vitest";
import { renderCsv } from "../../../core/report/render-csv.ts";
import { hostileReport, inconclusiveReport, thumbnailReport } from "./render-fixtures.ts";

it("writes one line a size with unrounded figures", () => {
  expect(renderCsv(thumbnailReport)).toMatchSnapshot();
});

it("leaves cells empty for what was not measured", () => {
  expect(renderCsv(inconclusiveReport)).toMatchSnapshot();
});

it("quotes what needs it and lets no text start a formula", () => {
  const csv = renderCsv(hostileReport);
  expect(csv).toContain(`"'=SUM(A1): </td><script>alert(""x"")</script>`);
  expect(csv).toMatchSnapshot();
});
