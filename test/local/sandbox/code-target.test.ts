import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { InvalidTargetError } from "../../../core/errors/invalid-target-error.ts";
import { resolveCodeTarget } from "../../../local/sandbox/code-target.ts";

const esm = "export const handler = async () => {};";

/** A folder with these files, until the test ends. A bootstrap is executable. */
const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "code-target-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    if (name === "bootstrap") chmodSync(join(folder, name), 0o755);
  }
  return folder;
};

describe("a folder", () => {
  it.each([
    ["index.mjs", { "index.mjs": esm }, "nodejs"],
    ["index.js", { "index.js": "exports.handler = () => {};", "package.json": "{}" }, "nodejs"],
    ["index.ts", { "index.ts": `${esm} enum E { A }` }, "nodejs"],
    ["handler.cjs", { "handler.cjs": "exports.handler = () => {};" }, "nodejs"],
    ["app.mts", { "app.mts": esm }, "nodejs"],
    ["index.mjs", { "index.mjs": esm, "app.mjs": esm }, "nodejs"],
    ["bootstrap", { bootstrap: "#!/bin/sh", "index.mjs": esm }, "provided"],
    ["src/run.mjs", { "src/run.mjs": esm, "package.json": '{"main": "src/run.mjs"}' }, "nodejs"],
    ["lib/index.js", { "lib/index.js": "exports.handler = () => {};", "package.json": '{"main": "./lib"}' }, "nodejs"],
    ["a/b.mjs", { "a/b.mjs": esm, "lambda-tuner.config.json": '{"local": {"handler": "a/b.handler"}}' }, "nodejs"],
    ["a/b.mjs", { "a/b.mjs": esm, "lambda-tuner.config.json": '{"local": {"handler": "a/b.mjs"}}' }, "nodejs"],
    ["index.mjs", { "index.mjs": esm, "lambda-tuner.config.json": '{"payloads": {"inline": 1}}' }, "nodejs"],
  ])("with a function in %s is found", async (file, files, runtime) => {
    const folder = folderWith(files);
    const target = await resolveCodeTarget(folder);
    expect(relative(folder, target.file)).toBe(file);
    expect(target).toMatchObject({ runtime, rootFolder: folder });
    expect(target.handlerExport).toBe(runtime === "provided" ? "" : "handler");
  });

  it("may name a handler of another name in its config", async () => {
    const folder = folderWith({
      "index.mjs": "export const run = async () => {};",
      "lambda-tuner.config.json": '{"local": {"handler": "index.mjs:run"}}',
    });
    expect(await resolveCodeTarget(folder)).toMatchObject({ handlerExport: "run" });
  });

  it.each([
    ["holds nothing", {}, "the folder has no handler"],
    ["holds other things", { "notes.txt": "" }, "found notes.txt"],
    ["has a bootstrap that is not executable", { "./bootstrap": "#!/bin/sh" }, "chmod +x"],
    [
      "names a file that is not there",
      { "lambda-tuner.config.json": '{"local": {"handler": "x.handler"}}' },
      'the handler is given as "x.handler", and there is no x with one of .mjs .js',
    ],
    [
      "names a handler in neither notation",
      { "lambda-tuner.config.json": '{"local": {"handler": "x"}}' },
      'Write it as "src/app.handler"',
    ],
    [
      "names a file that is not there",
      { "lambda-tuner.config.json": '{"local": {"handler": "x.mjs:y"}}' },
      "there is no file",
    ],
    ["names something else than a file", { "lambda-tuner.config.json": '{"local": {"handler": 7}}' }, "got 7"],
    ["has a config that is not JSON", { "lambda-tuner.config.json": "{" }, "is not JSON"],
  ])("that %s is refused", async (_, files, message) => {
    const attempt = resolveCodeTarget(folderWith(files));
    await expect(attempt).rejects.toThrow(InvalidTargetError);
    await expect(attempt).rejects.toThrow(message);
  });
});

describe("a file", () => {
  it("is found with the usual handler", async () => {
    const file = join(folderWith({ "thing.mjs": esm }), "thing.mjs");
    expect(await resolveCodeTarget(file)).toMatchObject({ name: "thing", file, rootFolder: dirname(file) });
  });

  it("is found with the handler after a colon, and exports of other files count", async () => {
    const folder = folderWith({ "a.mjs": 'export * from "./b.mjs";', "b.mjs": "export const run = () => {};" });
    expect(await resolveCodeTarget(`${join(folder, "a.mjs")}:run`)).toMatchObject({ handlerExport: "run" });
  });

  it("may have a colon in its name", async () => {
    const file = join(folderWith({ "a:b.mjs": esm }), "a:b.mjs");
    expect(await resolveCodeTarget(file)).toMatchObject({ file, handlerExport: "handler" });
  });

  it("may be given relative to the current folder", async () => {
    const file = join(folderWith({ "thing.mjs": esm }), "thing.mjs");
    expect(await resolveCodeTarget(relative(process.cwd(), file))).toMatchObject({ file });
  });

  it.each([
    ["is not there", "missing.mjs", {}, "there is no file or folder"],
    ["has an unknown extension", "code.rb", { "code.rb": "" }, "has the extension .rb; expected .js"],
    ["is no program and has no extension", "code", { code: "" }, "has no extension; expected .js"],
    ["lacks the handler", "a.mjs", { "a.mjs": "export const b = 1, c = 2;" }, "a.mjs has no handler; it exports b, c"],
    ["exports nothing", "a.mjs", { "a.mjs": "export {};" }, "it exports nothing"],
    ["cannot be parsed", "a.mjs", { "a.mjs": "\nexport const = 1;" }, "a.mjs:2:14"],
    ["imports what is not there", "a.mjs", { "a.mjs": `import "./b.mjs"; ${esm}` }, './b.mjs"'],
  ])("that %s is refused", async (_, name, files, message) => {
    const attempt = resolveCodeTarget(join(folderWith(files), name));
    await expect(attempt).rejects.toThrow(InvalidTargetError);
    await expect(attempt).rejects.toThrow(message);
  });

  it("that lacks the handler named after the colon is refused with those that it has", async () => {
    const file = join(folderWith({ "a.mjs": esm }), "a.mjs");
    await expect(resolveCodeTarget(`${file}:other`)).rejects.toThrow("a.mjs has no other; it exports handler.");
  });
});

describe("the name", () => {
  it.each([
    ["my-function/index.mjs", "my-function"],
    ["my-function/src/handler.mjs", "my-function"],
    ["my function (2)/index.mjs", "my-function-2"],
    ["any/resize.image.mjs", "resize-image"],
    [`any/${"x".repeat(80)}.mjs`, "x".repeat(64)],
  ])("of %s is %s", async (file, name) => {
    const folder = folderWith({ [file]: esm });
    expect(await resolveCodeTarget(join(folder, file))).toMatchObject({ name });
  });
});

describe("the hash", () => {
  const hashOf = async (files: Readonly<Record<string, string>>): Promise<string> =>
    (await resolveCodeTarget(folderWith(files))).codeSha256;

  it("is 32 bytes in base64, and the same wherever the code is", async () => {
    const files = { "index.mjs": esm, "lib/a.mjs": "" };
    const hash = await hashOf(files);
    expect(Buffer.from(hash, "base64")).toHaveLength(32);
    expect(await hashOf(files)).toBe(hash);
  });

  it.each([
    ["a changed file", { "index.mjs": `${esm} `, "lib/a.mjs": "" }],
    ["a renamed file", { "index.mjs": esm, "lib/b.mjs": "" }],
    ["a new file", { "index.mjs": esm, "lib/a.mjs": "", "lib/b.mjs": "" }],
  ])("changes with %s", async (_, files) => {
    expect(await hashOf(files)).not.toBe(await hashOf({ "index.mjs": esm, "lib/a.mjs": "" }));
  });

  it("does not depend on installed packages", async () => {
    const files = { "index.mjs": esm };
    expect(await hashOf({ ...files, "node_modules/a/index.js": "" })).toBe(await hashOf(files));
  });
});
