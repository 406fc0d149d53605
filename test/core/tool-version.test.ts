import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { toolVersion } from "../../core/tool-version.ts";

it("is the version of the package", () => {
  const { version }: { version: string } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(toolVersion).toBe(version);
});
