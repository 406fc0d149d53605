import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CliOptions, emptyFolder, handlerFile, runCli } from "./run-cli.ts";

const target = handlerFile("echo.mjs");

/** Sizes that a run would measure. */
const sizesOf = async (args: readonly string[], options: CliOptions): Promise<number[]> => {
  const { stdout, stderr } = await runCli(["estimate", ...args, "--method", "fixed", "-o", "json"], options);
  if (stdout === "" || stderr !== "") throw new Error(stderr);
  const { firstRound }: { firstRound: { memorySizeMb: number }[] } = JSON.parse(stdout);
  return firstRound.map(({ memorySizeMb }) => memorySizeMb);
};

const withConfig = (name: string, text: string): string => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, name), text);
  return cwd;
};

describe("settings", { timeout: 60_000 }, () => {
  const config = JSON.stringify({ memory: { sizesMb: [128] } });

  it("come from the flag before the environment, from that before the config, from that before the default", async () => {
    const cwd = withConfig("lambda-tuner.config.json", config);
    const env = { LAMBDA_TUNER_MEMORY: "256" };
    expect(await sizesOf([target, "--memory", "512"], { cwd, env })).toEqual([512]);
    expect(await sizesOf([target], { cwd, env })).toEqual([256]);
    expect(await sizesOf([target], { cwd })).toEqual([128]);
    expect((await sizesOf([target], {})).length).toBeGreaterThan(3);
  });
});

describe("the config file", { timeout: 60_000 }, () => {
  it.each([
    ["lambda-tuner.config.ts", "const mb: number = 640;\nexport default { memory: { sizesMb: [mb] } };"],
    ["lambda-tuner.config.mjs", "export default { memory: { sizesMb: [640] } };"],
    ["lambda-tuner.config.json", '{ "memory": { "sizesMb": [640] } }'],
  ])("may be %s, in a folder above", async (name, text) => {
    const cwd = withConfig(name, text);
    mkdirSync(join(cwd, "a", "b"), { recursive: true });
    expect(await sizesOf([target], { cwd: join(cwd, "a", "b") })).toEqual([640]);
  });

  it("beside the target comes before that of the current folder", async () => {
    const cwd = withConfig("lambda-tuner.config.json", '{ "memory": { "sizesMb": [128] } }');
    mkdirSync(join(cwd, "fn"));
    writeFileSync(join(cwd, "fn", "index.mjs"), "export const handler = async () => {};");
    writeFileSync(join(cwd, "fn", "lambda-tuner.config.json"), '{ "memory": { "sizesMb": [256] } }');
    expect(await sizesOf(["fn"], { cwd })).toEqual([256]);
  });

  it("names targets, whose keys come before the common ones, by paths relative to itself", async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, "deep"));
    writeFileSync(join(cwd, "fn.mjs"), "export const handler = async () => {};");
    const functions = { one: { target: "./fn.mjs", memory: { sizesMb: [320] } }, two: { target: "./fn.mjs" } };
    writeFileSync(join(cwd, "lambda-tuner.config.json"), JSON.stringify({ memory: { sizesMb: [160] }, functions }));
    expect(await sizesOf(["one"], { cwd: join(cwd, "deep") })).toEqual([320]);
    expect(await sizesOf(["two"], { cwd: join(cwd, "deep") })).toEqual([160]);
  });

  it("names a handler in Lambda's notation, as the flag does", async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, "fn", "src"), { recursive: true });
    writeFileSync(
      join(cwd, "fn", "src", "app.mjs"),
      "export const run = async () => {}; export const fail = async () => { throw new Error('no'); };",
    );
    const functions = { fn: { target: "./fn", local: { handler: "src/app.run" } } };
    writeFileSync(join(cwd, "lambda-tuner.config.json"), JSON.stringify({ functions }));
    const statusOf = async (args: readonly string[]) =>
      JSON.parse((await runCli(["tune", ...args, "--dry-run", "-o", "json", "-q"], { cwd })).stdout).invocation.status;
    expect(await statusOf(["fn"])).toBe("ok");
    expect(await statusOf(["./fn", "--handler", "src/app.fail"])).toBe("error");
    expect(await statusOf(["./fn/src/app.mjs:run"])).toBe("ok");
  });

  it("that does not load is named with the reason", async () => {
    const cwd = withConfig("lambda-tuner.config.mjs", 'throw new Error("not today");');
    const { code, stderr } = await runCli(["tune", target], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("lambda-tuner.config.mjs cannot be loaded: not today");
  });
});

describe("init", { timeout: 60_000 }, () => {
  it("writes a config that works, and replaces it only when told", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "resize.mjs"), "export const handler = async () => {};");
    const first = await runCli(["init", "resize.mjs"], { cwd });
    expect(first).toMatchObject({ code: 0, stdout: "lambda-tuner.config.json\n" });
    expect((await sizesOf(["resize"], { cwd })).length).toBeGreaterThan(3);
    const second = await runCli(["init"], { cwd });
    expect(second.code).toBe(2);
    expect(second.stderr).toContain("answer with --yes");
    expect((await runCli(["init", "--yes"], { cwd })).code).toBe(0);
  });
});
