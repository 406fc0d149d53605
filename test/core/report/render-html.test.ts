import { expect, it } from "vitest";
import { renderHtml } from "../../../core/report/render-html.ts";
import { hostileReport, inconclusiveReport, thumbnailReport } from "./render-fixtures.ts";

it("writes a finished run as a page", () => {
  expect(renderHtml(thumbnailReport, { duration: "<svg></svg>", charge: "<svg></svg>" })).toMatchSnapshot();
});

it("writes an inconclusive run, with the proof of what was not restored laid open", () => {
  const html = renderHtml(inconclusiveReport);
  expect(html).toContain("<details open>");
  expect(html).toContain("inconclusive: the spend limit ended sampling first");
});

it("escapes every text of the user's", () => {
  const html = renderHtml(hostileReport);
  expect(html).not.toMatch(/<script|<b>/);
  expect(html).toContain("&lt;script&gt;");
});

it.each([thumbnailReport, inconclusiveReport, hostileReport])("refers to nothing outside the page", (report) => {
  expect(renderHtml(report)).not.toMatch(/\s(src|href)=|url\(/);
});
