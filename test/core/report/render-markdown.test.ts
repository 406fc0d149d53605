import { expect, it } from "vitest";
import { renderMarkdown } from "../../../core/report/render-markdown.ts";
import { hostileReport, inconclusiveReport, thumbnailReport } from "./render-fixtures.ts";

it("writes a finished run for a pull request", () => {
  expect(renderMarkdown(thumbnailReport)).toMatchSnapshot();
});

it("writes an inconclusive run", () => {
  expect(renderMarkdown(inconclusiveReport)).toMatchSnapshot();
});

it("lets no text of the user's add markup, leave its cell or mention anybody", () => {
  const markdown = renderMarkdown(hostileReport);
  expect(markdown.replace(/`+ .* `+/g, "")).not.toMatch(/<script|@someone|[^\\]\*\*bold/);
  expect(markdown).toMatchSnapshot();
});
