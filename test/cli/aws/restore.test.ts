import { CreateAliasCommand, DeleteAliasCommand, ListVersionsByFunctionCommand } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { failureSchema } from "../../../cli/output/failure-document.ts";
import { emptyFolder, handlerFile, runCli } from "../run-cli.ts";
import { playedAccount, small } from "./played-account.ts";

describe("restore", { timeout: 60_000 }, () => {
  it("has nothing to do after a run on this machine", async () => {
    const cwd = emptyFolder();
    const { stdout } = await runCli(["tune", handlerFile("echo.mjs"), ...small, "-q", "-o", "json"], { cwd });
    const restored = await runCli(["restore", JSON.parse(stdout).run.id], { cwd });
    expect(restored.code).toBe(0);
    expect(restored.stdout).toContain("was made on this machine");
  });

  it("stops a run that is under way and puts its function back", async () => {
    const { start, run, measuring, executions, lambda } = await playedAccount();
    const first = start(["tune", "held", ...small, "-y"]);
    await measuring();
    const [{ name = "" } = {}] = await executions();
    const asked = await run(["restore", name]);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain(`Run ${name} is still under way. Stop it?`);
    const { code, stdout } = await run(["restore", name, "-y"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/as it was before the run|has cleaned up after itself/);
    expect(await executions()).toMatchObject([{ status: "ABORTED" }]);
    const { Versions: versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "held" }));
    expect(versions).toHaveLength(1);
    await first.result;
  });

  it("repairs what no clean-up could repair at its time", async () => {
    const { start, run, measuring, release, executions, lambda } = await playedAccount();
    const first = start(["tune", "held", ...small, "-y", "-o", "json", "-q"]);
    await measuring();
    const alias = { FunctionName: "held", Name: "holds-a-version" };
    await lambda.send(new CreateAliasCommand({ ...alias, FunctionVersion: "1" }));
    release();
    const { code, stdout } = await first.result;
    const [{ name = "" } = {}] = await executions();
    expect(code).toBe(1);
    expect(failureSchema.parse(JSON.parse(stdout)).error.message).toContain(`lambda-tuner restore ${name}`);
    const inVain = await run(["restore", name, "-o", "json"]);
    expect(inVain.code).toBe(1);
    expect(failureSchema.parse(JSON.parse(inVain.stdout)).error.name).toBe("Tuner.RestoreFailed");
    await lambda.send(new DeleteAliasCommand(alias));
    const repaired = await run(["restore", name, "-o", "json"]);
    expect(repaired.code).toBe(0);
    expect(JSON.parse(repaired.stdout)).toMatchObject({ cleaned: [{ runId: name, restoration: { equal: true } }] });
    const { Versions: versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "held" }));
    expect(versions).toHaveLength(1);
    expect((await run(["restore", name])).stdout).toContain("holds no function any more");
  });
});
