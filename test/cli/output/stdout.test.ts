import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { reportSchema } from "../../../core/report/schema.ts";
import { thumbnailReport } from "../../core/report/render-fixtures.ts";
import { emptyFolder, handlerFile, runCli } from "../run-cli.ts";

const onFullDisk = async (args: readonly string[], cwd = emptyFolder()) => {
  const stdout = openSync("/dev/full", "w");
  onTestFinished(() => closeSync(stdout));
  const { code, stderr } = await runCli(args, { cwd, stdout });
  return { code, stderr };
};

const refusal =
  "error: stdout could not be written (ENOSPC: no space left on device, write). Free room where it leads, or send it elsewhere.";

describe.skipIf(!existsSync("/dev/full"))("a stdout without room", { timeout: 60_000 }, () => {
  it.each([
    ["report", ["report", "r.json"]],
    ["report as JSON", ["report", "r.json", "-o", "json"]],
    ["schema", ["schema", "report"]],
    ["serve", ["serve"]],
    ["help", ["--help"]],
    ["help of a command", ["tune", "--help"]],
    ["the version", ["--version"]],
  ])("exits 3 with one line on stderr: %s", async (_what, args) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "r.json"), JSON.stringify(thumbnailReport));
    expect(await onFullDisk(args, cwd)).toEqual({ code: 3, stderr: `${refusal}\n` });
  });

  it("loses no measured report, and is told where it is kept", async () => {
    const cwd = emptyFolder();
    const sizes = ["--method", "fixed", "--memory", "256,1024", "--invocations", "3"];
    const { code, stderr } = await onFullDisk(["tune", handlerFile("echo.mjs"), ...sizes, "-o", "json", "-q"], cwd);
    expect(code).toBe(3);
    const [, kept = ""] = /^.* The report is kept: lambda-tuner report (\S+) shows it\.\n$/.exec(stderr) ?? [];
    expect(stderr).toContain(refusal);
    expect(reportSchema.parse(JSON.parse(readFileSync(join(cwd, kept), "utf8"))).recommendation).toBeDefined();
  });

  it("leaves another failure its own message and exit code", async () => {
    const { code, stderr } = await onFullDisk(["tune", "./missing.ts", "-o", "json"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*missing\.ts.*\n$/);
  });
});
