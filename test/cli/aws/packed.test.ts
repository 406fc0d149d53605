import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CreateAliasCommand, DeleteAliasCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { commandList } from "../../../cli/command-list.ts";
import { reportSchema } from "../../../core/report/schema.ts";
import { type CliOptions, emptyFolder, handlerFile, runCli, startCli } from "../run-cli.ts";
import { installPacked, type PackedCommand } from "./packed-command.ts";
import { accountEnvironment, playedAccount, small } from "./played-account.ts";

let packed: PackedCommand;
beforeAll(() => {
  packed = installPacked();
}, 300_000);
afterAll(() => packed.remove());

const run = (args: readonly string[], options: CliOptions = {}) =>
  runCli(args, { ...options, program: packed.program });

/** A CDK that notes what it is called with, and says that it has deployed. */
const fakeCdk = (exitCode = 0): string => {
  const cwd = emptyFolder();
  const bin = join(cwd, "node_modules", "aws-cdk", "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "..", "package.json"), '{"version": "2.9999.0"}');
  writeFileSync(
    join(bin, "cdk"),
    `const { writeFileSync } = require("node:fs");
const args = process.argv.slice(2);
writeFileSync("called.json", JSON.stringify({ args, region: process.env.AWS_REGION }));
const outputs = args[args.indexOf("--outputs-file") + 1];
if (args[0] === "deploy") writeFileSync(outputs, '{"LambdaTuner": {"StateMachineArn": "arn:machine"}}');
console.log("said by the CDK");
process.exit(${exitCode});`,
  );
  chmodSync(join(bin, "cdk"), 0o755);
  return cwd;
};

const called = (cwd: string): { readonly args: readonly string[]; readonly region: string } =>
  JSON.parse(readFileSync(join(cwd, "called.json"), "utf8"));

const arn = "arn:aws:lambda:us-east-1:123456789012:function:thumbs";

describe("the packed command, installed without development tools", { timeout: 120_000 }, () => {
  it.each(commandList.map(({ name }) => name))("has help for %s", async (name) => {
    const { code, stdout, stderr } = await run([name, "--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`lambda-tuner ${name}`);
  });

  it("tunes a path", async () => {
    const { code, stdout } = await run(["tune", handlerFile("echo.mjs"), ...small, "-q", "-o", "json"]);
    // A busy machine may leave the question open.
    expect([0, 5]).toContain(code);
    expect(reportSchema.parse(JSON.parse(stdout)).run.engine).toBe("local");
  });

  it("tunes by name and by ARN against its own serve --stack, and reports", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "curve.json"), '{"memoryMB": [128, 1024], "meanDurationMs": [800, 100]}');
    const served = startCli(["serve", "--stack", "--simulate", "thumbs=curve.json"], { cwd, program: packed.program });
    await served.shows('{"url"');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(served.stdoutSoFar())?.[0] ?? "";
    const env = accountEnvironment(url, cwd);
    const tuned = await run(["tune", "thumbs", ...small, "-y", "-q", "-o", "json"], { cwd, env });
    expect(tuned.code).toBe(0);
    const report = reportSchema.parse(JSON.parse(tuned.stdout));
    expect(report.restoration.equal).toBe(true);
    const elsewhere = emptyFolder();
    const again = await run(["tune", arn, ...small, "-q", "-o", "json"], { cwd: elsewhere, env });
    expect(again).toEqual({ code: 0, stdout: tuned.stdout, stderr: "" });
    const followed = await run(["tune", "--follow", report.run.id, "-q", "-o", "json"], { cwd: elsewhere, env });
    expect(followed.stdout).toBe(tuned.stdout);
    const html = await run(["report", report.run.id, "-o", "html"], { cwd, env });
    expect(html.stdout).toContain("<!doctype html>");
    expect((await run(["doctor", "thumbs"], { cwd, env })).code).toBe(0);
    served.kill("SIGTERM");
    expect((await served.result).code).toBe(0);
  });
});

describe("deploy", { timeout: 120_000 }, () => {
  it("hands the assembly and the settings as parameters to the CDK that is installed, and shows its outputs", async () => {
    const { endpoint } = await playedAccount({ region: "eu-west-1" });
    const cwd = fakeCdk();
    const env = accountEnvironment(endpoint.url, cwd);
    const settings = ["--functions", "thumbs,api-*", "--daily-spend-alarm-usd", "5", "--region", "eu-west-1"];
    const { code, stdout, stderr } = await run(["deploy", ...settings, "--yes", "-o", "json"], { cwd, env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      stackName: "LambdaTuner",
      installationName: "default",
      outputs: { StateMachineArn: "arn:machine" },
    });
    expect(stderr).toContain("said by the CDK");
    const { args, region } = called(cwd);
    expect(region).toBe("eu-west-1");
    const [command, app, folder, ...rest] = args;
    expect([command, app]).toEqual(["deploy", "--app"]);
    expect(readdirSync(folder ?? "")).toContain("LambdaTuner.template.json");
    const functions = ["thumbs", "api-*"].map((name) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`);
    expect(rest.filter((word) => !word.includes("outputs"))).toEqual([
      "--parameters",
      "InstallationName=default",
      "--parameters",
      `TunableFunctionArns=${functions.join(",")}`,
      "--parameters",
      "DailySpendAlarmUsd=5",
      "--region",
      "eu-west-1",
      "--require-approval=never",
      "--no-notices",
    ]);
  });

  it("prints the command and runs nothing with --dry-run; npx fetches the CDK where none is installed", async () => {
    const cwd = emptyFolder();
    const { code, stdout } = await run(["deploy", "--functions", arn, "--dry-run"], { cwd, env: { HOME: cwd } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^npx --yes aws-cdk@2 deploy --app \S+\/dist\/cloud-assembly --parameters /);
    expect(stdout).toContain(`TunableFunctionArns=${arn}`);
  });

  it("gives every installation a stack of its own, which the CDK can read", async () => {
    const cwd = emptyFolder();
    const named = ["--installation", "team_a", "--tag-value", "yes"];
    const { stdout } = await run(["deploy", ...named, "--dry-run", "-o", "json"], { cwd, env: { HOME: cwd } });
    const { stackName, command }: { stackName: string; command: readonly string[] } = JSON.parse(stdout);
    expect(stackName).toBe("LambdaTuner-team-a-112c");
    const folder = command[command.indexOf("--app") + 1] ?? "";
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const cdk = resolve(import.meta.dirname, "../../../node_modules/aws-cdk/bin/cdk");
    const listed = execFileSync(process.execPath, [cdk, "list", "--app", folder, "--no-notices"], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: cwd, CDK_DISABLE_CLI_TELEMETRY: "true" },
    });
    expect(listed.trim()).toBe("LambdaTuner (LambdaTuner-team-a-112c)");
  });

  it("says at a first deployment that something has to be tunable, and keeps that at an update", async () => {
    const bare = await playedAccount({ stack: false });
    const cwd = fakeCdk();
    const first = await run(["deploy", "--yes"], { cwd, env: accountEnvironment(bare.endpoint.url, cwd) });
    expect(first.code).toBe(2);
    expect(first.stderr).toContain("--functions or --tag-value");
    const installed = await playedAccount();
    const update = await run(["deploy", "--yes"], { cwd, env: accountEnvironment(installed.endpoint.url, cwd) });
    expect(update.code).toBe(0);
    expect(update.stdout).toContain("Next: lambda-tuner tune <function>");
  });

  it("asks, and fails as the CDK fails", async () => {
    const { endpoint } = await playedAccount();
    const cwd = fakeCdk(1);
    const env = accountEnvironment(endpoint.url, cwd);
    const unasked = await run(["deploy", "--functions", arn], { cwd, env });
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toContain("answer with --yes");
    const failed = await run(["deploy", "--functions", arn, "--yes"], { cwd, env });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain("Deploying LambdaTuner to account 123456789012 in us-east-1");
    expect(failed.stderr).toContain("aws-cdk@2 bootstrap");
  });

  it("says what to do where npx cannot fetch the CDK", async () => {
    const { endpoint } = await playedAccount();
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "npx"), "#!/bin/sh\necho no registry >&2\nexit 1\n", { mode: 0o755 });
    const env = { ...accountEnvironment(endpoint.url, cwd), PATH: `${cwd}:${process.env["PATH"]}` };
    const { code, stderr } = await run(["deploy", "--functions", arn, "--yes"], { cwd, env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/no registry[^]*npm install aws-cdk@2.*lambda-tuner synth --to/);
  });

  it.each(["thumbs:1", "two words", `${arn}:live`])("refuses %s as a function that may be tuned", async (name) => {
    const { code, stderr } = await run(["deploy", "--functions", name, "--dry-run"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--functions: expected names or unqualified ARNs");
  });
});

describe("destroy", { timeout: 120_000 }, () => {
  it("removes the stack, but not under a run", async () => {
    const { endpoint, start, measuring, release } = await playedAccount();
    const cwd = fakeCdk();
    const env = accountEnvironment(endpoint.url, cwd);
    const first = start(["tune", "held", ...small, "-y"]);
    await measuring();
    const refused = await run(["destroy", "--yes"], { cwd, env });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/Runs are under way \(held-/);
    release();
    await first.result;
    const { code, stdout } = await run(["destroy", "--yes"], { cwd, env });
    expect(code).toBe(0);
    expect(stdout).toContain("Destroyed LambdaTuner");
    expect(called(cwd).args).toEqual(expect.arrayContaining(["destroy", "--force"]));
  });

  it("keeps the stack that alone knows what a function was before a run that ended badly", async () => {
    const { endpoint, start, measuring, release, executions, lambda } = await playedAccount();
    const cwd = fakeCdk();
    const env = accountEnvironment(endpoint.url, cwd);
    const first = start(["tune", "held", ...small, "-y"]);
    await measuring();
    const alias = { FunctionName: "held", Name: "holds-a-version" };
    await lambda.send(new CreateAliasCommand({ ...alias, FunctionVersion: "1" }));
    release();
    expect((await first.result).code).toBe(1);
    const [{ name = "" } = {}] = await executions();
    const refused = await run(["destroy", "--yes"], { cwd, env });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`:function:held: lambda-tuner restore ${name}`);
    await lambda.send(new DeleteAliasCommand(alias));
    expect((await run(["restore", name], { cwd, env })).code).toBe(0);
    expect((await run(["destroy", "--yes"], { cwd, env })).code).toBe(0);
  });
});

describe("synth", { timeout: 60_000 }, () => {
  it("prints the template", async () => {
    const { code, stdout } = await run(["synth"]);
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout).Parameters)).toContain("CodeBucketName");
  });

  it("copies all that a deployment takes into a new folder", async () => {
    const cwd = emptyFolder();
    const { code, stdout } = await run(["synth", "--to", "stack"], { cwd });
    expect([code, stdout]).toEqual([0, "stack/cloud-assembly\nstack/cloudformation\n"]);
    expect(readdirSync(join(cwd, "stack", "cloudformation", "functions"))).toHaveLength(8);
    const again = await run(["synth", "--to", "stack"], { cwd });
    expect(again.code).toBe(2);
  });
});
