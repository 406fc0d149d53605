import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { answerOf, keepSandboxOpen, openSandbox, sandboxed } from "../support/sandboxed.ts";

keepSandboxOpen();

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "typescript-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
};

const answer = async (folder: string): Promise<unknown> => answerOf(await (await sandboxed(folder)).invoke({}));

const packages = {
  "node_modules/common/index.js": "Object.assign(exports, { hidden: 'common' });",
  "node_modules/modern/package.json": '{"type": "module", "exports": "./index.js"}',
  "node_modules/modern/index.js": "export const value = 'modern';",
};

it("runs what only TypeScript has, with paths of the tsconfig and packages of the project", async () => {
  const folder = folderWith({
    ...packages,
    "tsconfig.json": '{ /* with comments */ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
    "lib/color.ts": "export enum Color { Red = 3 }",
    "index.ts": `
      import { Color } from "@lib/color";
      import { hidden } from "common";
      import { value } from "modern";
      export const handler = async (): Promise<unknown> => [Color.Red, hidden, value];`,
  });
  expect(await answer(folder)).toEqual([3, "common", "modern"]);
});

it("runs an ES module with top-level await and require()", async () => {
  const folder = folderWith({
    ...packages,
    "package.json": '{ "type": "module" }',
    "index.ts": `
      import { createRequire } from "node:module";
      import common from "common";
      const { value } = await import("modern");
      const again = createRequire(import.meta.url)("common");
      export const handler = async () => [common.hidden, value, again.hidden];`,
  });
  expect(await answer(folder)).toEqual(["common", "modern", "common"]);
});

it("tells every source its own place", async () => {
  const folder = folderWith({
    "lib/place.ts": "export const place = [import.meta.url, __dirname];",
    "index.ts": `
      import { place } from "./lib/place";
      export const handler = async () => [...place, __filename];`,
  });
  const source = join(folder, "lib", "place.ts");
  expect(await answer(folder)).toEqual([pathToFileURL(source).href, dirname(source), join(folder, "index.ts")]);
});

it("points errors at the TypeScript source", async () => {
  const folder = folderWith({
    "index.ts":
      "interface Event {}\n\nexport const handler = async (event: Event) => {\n  throw new Error('here');\n};",
  });
  const { trace } = (await answer(folder)) as { trace: string[] };
  expect(trace.join("\n")).toContain(`${join(folder, "index.ts")}:4:9`);
});

it("shows that a package is missing when the function starts", async () => {
  const folder = folderWith({ "index.ts": 'import "not-installed";\nexport const handler = async () => {};' });
  expect(await answer(folder)).toMatchObject({ errorType: "Runtime.ImportModuleError" });
});

it("leaves nothing in the project, and nothing behind", async () => {
  const folder = folderWith({ "index.ts": "export const handler = async () => process.argv.length;" });
  const { runner, invoke } = await openSandbox(folder);
  await invoke({});
  await runner.close();
  expect(readdirSync(folder)).toEqual(["index.ts"]);
});
