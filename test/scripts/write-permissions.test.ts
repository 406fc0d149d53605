import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { permissionsPage } from "../../scripts/write-permissions.ts";

it("docs/permissions.md is what `node scripts/write-permissions.ts` writes", { timeout: 120_000 }, () => {
  expect(readFileSync("docs/permissions.md", "utf8")).toBe(permissionsPage());
});
