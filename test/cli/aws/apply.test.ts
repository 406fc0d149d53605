import {
  CreateAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ServeOptions } from "../../../local/endpoint/serve.ts";
import { playedAccount, small } from "./played-account.ts";

/** An account with a report that recommends 256 MB for a function that has 1024 MB. */
const withReport = async (options: ServeOptions = {}) => {
  const account = await playedAccount({ ...options, simulation: { memoryMB: [128, 1024], meanDurationMs: [8, 8] } });
  const { stdout } = await account.run(["tune", "thumbs", ...small, "-y", "-q", "-o", "json"]);
  const report: { readonly run: { readonly id: string } } = JSON.parse(stdout);
  const file = join(account.cwd, "report.json");
  writeFileSync(file, stdout);
  const { lambda } = account;
  return {
    ...account,
    file,
    kept: join(".lambda-tuner", "reports", "thumbs", `${report.run.id}.json`),
    runId: report.run.id,
    memory: async () => (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "thumbs" }))).MemorySize,
    setMemory: async (MemorySize: number) =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "thumbs", MemorySize })),
    aliasVersion: async () =>
      (await lambda.send(new GetAliasCommand({ FunctionName: "thumbs", Name: "live" }))).FunctionVersion,
  };
};

describe("apply and rollback", { timeout: 60_000 }, () => {
  it("set what the report recommends, and put back what was before", async () => {
    const { run, runId, kept, memory } = await withReport();
    const applied = await run(["apply", runId, "-y", "--only", "memory"]);
    expect(applied.code).toBe(0);
    expect(applied.stdout).toContain("Memory   1024 MB → 256 MB\nTimeout  60 s stays");
    expect(applied.stderr).toBe(`Undo it with: lambda-tuner rollback ${kept}\n`);
    expect(await memory()).toBe(256);
    const undone = await run(["rollback", kept, "-y", "-o", "json"]);
    expect(JSON.parse(undone.stdout)).toMatchObject({ before: { memorySizeMb: 256 }, after: { memorySizeMb: 1024 } });
    expect(await memory()).toBe(1024);
    const again = await run(["rollback", kept]);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain("has these settings already");
  });

  it("ask first", async () => {
    const { run, file, memory } = await withReport();
    const { code, stderr } = await run(["apply", file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Memory {3}1024 MB → 256 MB\n[\s\S]*Apply this\?.*--yes/);
    expect(stderr).toContain("the timeout is provisional, and shorter");
    expect(await memory()).toBe(1024);
  });

  it("apply a report once, however often it is asked", async () => {
    const { run, file, callsOf } = await withReport();
    await run(["apply", file, "-y"]);
    const updates = callsOf("UpdateFunctionConfiguration");
    const { code, stderr } = await run(["apply", file]);
    expect(code).toBe(0);
    expect(stderr).toContain("has these settings already");
    expect(callsOf("UpdateFunctionConfiguration")).toBe(updates);
  });

  it("move an alias to a new version and back", async () => {
    const { run, kept, lambda, aliasVersion } = await withReport();
    const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName: "thumbs" }));
    await lambda.send(new CreateAliasCommand({ FunctionName: "thumbs", Name: "live", FunctionVersion }));
    const { code, stdout } = await run(["apply", kept, "-y", "--alias", "live", "-o", "json"]);
    expect(code).toBe(0);
    const { before, after } = JSON.parse(stdout);
    expect(before.aliasVersion).toBe(FunctionVersion);
    expect(await aliasVersion()).toBe(after.aliasVersion);
    const undone = await run(["rollback", kept, "-y"]);
    expect(undone.stdout).toContain(
      `Alias    live at version ${after.aliasVersion} → live at version ${FunctionVersion}`,
    );
    expect(await aliasVersion()).toBe(FunctionVersion);
  });

  it("keep what undoes the first application when a report is applied again", async () => {
    const { run, file, kept, lambda, memory, aliasVersion } = await withReport();
    const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName: "thumbs" }));
    await lambda.send(new CreateAliasCommand({ FunctionName: "thumbs", Name: "live", FunctionVersion }));
    await run(["apply", kept, "-y"]);
    await run(["apply", kept, "-y", "--alias", "live"]);
    const again = await run(["apply", file, "-y", "--alias", "live", "-o", "json"]);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain("nothing was changed");
    const undo = { memorySizeMb: 1024, timeoutSeconds: 60, aliasVersion: FunctionVersion };
    expect(JSON.parse(again.stdout)).toMatchObject({ applied: { memorySizeMb: 256, alias: "live", undo } });
    expect((await run(["rollback", kept, "-y"])).code).toBe(0);
    expect(await memory()).toBe(1024);
    expect(await aliasVersion()).toBe(FunctionVersion);
  });

  it("keep what undoes a setting whose alias could not be made", async () => {
    const { run, endpoint, kept, memory } = await withReport();
    endpoint.injectFault({ operation: "CreateAlias", error: { status: 403, type: "AccessDeniedException" } });
    const { code, stderr } = await run(["apply", kept, "-y", "--only", "memory", "--alias", "live"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/Undo it with: lambda-tuner rollback [\s\S]*lambda:CreateAlias/);
    expect(await memory()).toBe(256);
    expect((await run(["rollback", kept, "-y"])).code).toBe(0);
    expect(await memory()).toBe(1024);
  });

  it("say that an alias waits for its version, and keep by then what undoes the setting", async () => {
    const { start, run, endpoint, kept, memory } = await withReport({ controlPlaneDelayMs: 20 });
    endpoint.injectFault({
      operation: "GetFunctionConfiguration",
      matches: (input) => typeof input === "object" && input !== null && "Qualifier" in input,
      delayMs: 30_000,
    });
    const applying = start(["apply", kept, "-y", "--only", "memory", "--alias", "live"]);
    await applying.shows("live is left as it is until then");
    applying.kill("SIGINT");
    await applying.result;
    expect(await memory()).toBe(256);
    expect((await run(["rollback", kept, "-y"])).code).toBe(0);
    expect(await memory()).toBe(1024);
  });

  it("leave what somebody else has set since, unless forced to", async () => {
    const { run, file, kept, memory, setMemory } = await withReport();
    await setMemory(512);
    const refused = await run(["apply", file, "-y"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/has changed since run .* measured it \(memory\)/);
    expect((await run(["apply", file, "-y", "--force", "--only", "memory"])).code).toBe(0);
    expect(await memory()).toBe(256);
    await setMemory(2048);
    const kept2048 = await run(["rollback", kept, "-y"]);
    expect(kept2048.code).toBe(2);
    expect(kept2048.stderr).toContain("The function has 2048 MB and 60 s by now");
    expect((await run(["rollback", kept, "-y", "--force"])).code).toBe(0);
    expect(await memory()).toBe(512);
  });

  it("leave an alias that somebody has moved on", async () => {
    const { run, kept, lambda, aliasVersion } = await withReport();
    const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName: "thumbs" }));
    await lambda.send(new CreateAliasCommand({ FunctionName: "thumbs", Name: "live", FunctionVersion }));
    await run(["apply", kept, "-y", "--alias", "live"]);
    await lambda.send(new UpdateAliasCommand({ FunctionName: "thumbs", Name: "live", FunctionVersion: "$LATEST" }));
    const { code, stderr } = await run(["rollback", kept, "-y"]);
    expect(code).toBe(2);
    expect(stderr).toContain("somebody has moved it");
    expect(await aliasVersion()).toBe("$LATEST");
  });

  it("refuse a report on code of this machine", async () => {
    const { run, file } = await withReport();
    const { code, stderr } = await run(["apply", file, "-y"], { env: { AWS_ENDPOINT_URL: "" } });
    expect(code).toBe(2);
    expect(stderr).toContain("not on a deployed function");
  });
});
