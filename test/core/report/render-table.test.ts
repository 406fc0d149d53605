import { describe, expect, it } from "vitest";
import { renderTable } from "../../../core/report/render-table.ts";
import { hostileReport, inconclusiveReport, thumbnailReport } from "./render-fixtures.ts";

describe("the table of a finished run", () => {
  it.each([60, 80, 100, 120])("looks like this in %d columns", (width) => {
    expect(renderTable(thumbnailReport, { width })).toMatchSnapshot();
  });

  it.each([60, 80, 100, 120, 300])("keeps every line within its %d columns", (width) => {
    const lines = renderTable(thumbnailReport, { width }).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.min(120, width));
  });

  it("styles text without moving it", () => {
    const paint = (role: string, text: string) => `<${role}>${text}</${role}>`;
    const painted = renderTable(thumbnailReport, { paint });
    const bare = (text: string) => text.replace(/[^\S\n]+$/gm, "");
    expect(bare(painted.replace(/<\/?[a-z]+>/g, ""))).toBe(bare(renderTable(thumbnailReport)));
  });
});

it("says that a run was inconclusive and that the target is not proved restored", () => {
  expect(renderTable(inconclusiveReport, { width: 100 })).toMatchSnapshot();
});

it("says that there is no recommendation when every size failed, and lets no text of the user's steer the terminal", () => {
  const table = renderTable(hostileReport, { width: 100 });
  expect(table).not.toMatch(/[^\P{Cc}\n]/u);
  expect(table).toMatchSnapshot();
});
