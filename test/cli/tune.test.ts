import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reportSchema } from "../../core/report/schema.ts";
import { failureSchema } from "../../cli/output/failure-document.ts";
import { emptyFolder, handlerFile, runCli } from "./run-cli.ts";

const small = ["--method", "fixed", "--memory", "256,1024", "--invocations", "3"];
/** Exit codes of a run that went well: on a busy machine three calls may leave the choice open. */
const wentWell = [0, 5];

const parsedReport = (stdout: string) => reportSchema.parse(JSON.parse(stdout));

describe("tuning a path", { timeout: 60_000 }, () => {
  it("puts the result on stdout, progress on stderr, and keeps the report", async () => {
    const cwd = emptyFolder();
    const { code, stdout, stderr } = await runCli(["tune", handlerFile("echo.mjs"), ...small], { cwd });
    expect(wentWell).toContain(code);
    expect(stdout).toMatch(/^echo\n/);
    expect(stdout).toContain(
      "Restored    1024 MB, 30 s, code and all other settings are what they were before the run",
    );
    expect(stdout).toContain("current settings are assumed (1024 MB, 30 s)");
    expect(stderr).toMatch(/^Tuning echo, assumed to have 1024 MB and 30 s now/);
    expect(stderr).toMatch(/Round 1: {3}256 MB {2}mean .* 4 invocations\n/);
    expect(stderr).not.toContain("\u001b[");
    const [, file = ""] = /Report: (\S+)\n/.exec(stderr) ?? [];
    expect(file).toMatch(/^\.lambda-tuner\/reports\/echo\/[\w-]+\.json$/);
    const report = parsedReport(readFileSync(join(cwd, file), "utf8"));
    expect(report.measurements.map(({ memorySizeMb }) => memorySizeMb)).toEqual([256, 1024]);
    expect(report.restoration).toMatchObject({ equal: true, leftovers: [] });
  });

  it("takes what the function has done in production from a file", async () => {
    const cwd = emptyFolder();
    const history = { invocations: 200_000, percentilesMs: { "50": 40, "99": 90, "100": 700 }, coldStarts: 200 };
    writeFileSync(join(cwd, "production.json"), JSON.stringify({ echo: history }));
    const target = handlerFile("echo.mjs");
    const { code, stdout } = await runCli(
      ["tune", target, ...small, "--metrics", "production.json", "--current-timeout", "60", "-o", "json", "-q"],
      { cwd },
    );
    expect(wentWell).toContain(code);
    const { production, timeoutRecommendation, warnings, run } = parsedReport(stdout);
    expect(production).toMatchObject({ invocations: 200_000, coldStartShare: 0.001 });
    expect(timeoutRecommendation).toMatchObject({ provisional: false, decidedBy: "distribution-free" });
    expect(run.cost.estimated.basis).toMatchObject({ kind: "production", invocations: 200_000 });
    expect(warnings.map(({ kind }) => kind)).toContain("production-recorded");
    const estimate = await runCli(["estimate", target, "--metrics", "production.json"], { cwd });
    expect(estimate.stdout.replaceAll(/\s+/g, " ")).toContain(
      "the mean of 200,000 invocations of production in 14 days",
    );
  });

  it("expects of a second run what the first one has shown, as estimate does", async () => {
    const cwd = emptyFolder();
    const args = [handlerFile("echo.mjs"), ...small, "-o", "json", "-q"];
    const first = parsedReport((await runCli(["tune", ...args], { cwd })).stdout);
    const { estimate } = JSON.parse((await runCli(["estimate", ...args], { cwd })).stdout);
    const second = parsedReport((await runCli(["tune", ...args], { cwd })).stdout);
    expect(first.run.cost.estimated.basis).toMatchObject({
      kind: "assumed",
      reason: expect.stringContaining("this machine"),
    });
    expect(second.run.cost.estimated).toMatchObject({ expected: estimate.expectedUsd, basis: estimate.basis });
    expect(estimate.basis).toMatchObject({ kind: "earlier-run", runId: first.run.id });
  });

  it("says which function a file of production has no history of", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "production.json"), JSON.stringify({ other: { invocations: 5, durationsMs: [1] } }));
    const { code, stderr } = await runCli(["tune", handlerFile("echo.mjs"), "--metrics", "production.json"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("expected a history of echo in production.json, got one of other");
  });

  it("prints one report as JSON and nothing else with --output json --quiet", async () => {
    const settings = ["--current-memory", "512", "--current-timeout", "5", "--env", "STAGE=test"];
    const { code, stdout, stderr } = await runCli([
      "tune",
      handlerFile("env.mjs"),
      ...small,
      ...settings,
      "-o",
      "json",
      "-q",
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    const report = parsedReport(stdout);
    expect(report.currentMemorySize).toBe(512);
    expect(report.timeoutRecommendation?.currentSeconds).toBe(5);
    expect(report.warnings.map(({ kind }) => kind)).not.toContain("current-settings-assumed");
  });

  it("prices code on this machine as a region does", async () => {
    const args = ["estimate", handlerFile("echo.mjs"), "-o", "json", "-q"];
    const [here, there] = await Promise.all(
      [args, [...args, "--region", "af-south-1"]].map(async (given) => JSON.parse((await runCli(given)).stdout)),
    );
    expect([here.region, there.region]).toEqual(["us-east-1", "af-south-1"]);
    expect(there.estimate.worstCaseUsd).toBeGreaterThan(here.estimate.worstCaseUsd);
    const { stdout } = await runCli(["tune", ...args.slice(1), "--dry-run", "--region", "af-south-1"]);
    expect(JSON.parse(stdout)).toMatchObject({ target: { region: "af-south-1" } });
  });

  it("calls another export, sends the payload of stdin, and takes the name from the config", async () => {
    const cwd = emptyFolder();
    const config = { functions: { thumbs: { target: handlerFile("env.mjs"), local: { handler: "other" } } } };
    writeFileSync(join(cwd, "lambda-tuner.config.json"), JSON.stringify(config));
    const { code, stdout } = await runCli(["tune", "thumbs", "--dry-run", "--payload", "-", "-o", "json", "-q"], {
      cwd,
      stdin: '{"id": 1}',
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: true,
      target: { functionName: "thumbs" },
      invocation: { status: "ok" },
    });
  });

  it("shows the report although no folder can be made for it", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, ".lambda-tuner"), "in the way");
    const { code, stdout, stderr } = await runCli(["tune", handlerFile("echo.mjs"), ...small, "-o", "json", "-q"], {
      cwd,
    });
    expect(wentWell).toContain(code);
    expect(stderr).toContain("warning: the report could not be kept");
    expect(parsedReport(stdout).recommendation).toBeDefined();
  });

  it.skipIf(!existsSync("/proc/self"))("shows the report in a folder that takes no other", async () => {
    const { code, stdout, stderr } = await runCli(["tune", handlerFile("echo.mjs"), ...small, "-o", "json", "-q"], {
      cwd: "/proc",
    });
    expect(wentWell).toContain(code);
    expect(stderr).toContain("warning: the report could not be kept under .lambda-tuner (ENOENT");
    expect(parsedReport(stdout).recommendation).toBeDefined();
  });
});

describe("a handler that misbehaves", { timeout: 60_000 }, () => {
  it.each([
    ["throws-at-import.mjs", "no DATABASE_URL in the environment"],
    ["throws-always.mjs", "Cannot read properties of undefined (reading 'id')"],
    ["exits.mjs", "Runtime exited with error: exit status 3"],
    ["never-returns.mjs", "Task timed out after 1.00 seconds"],
  ])("%s fails the run with its own error, in JSON too", async (name, message) => {
    const { code, stdout, stderr } = await runCli([
      "tune",
      handlerFile(name),
      ...small,
      "--current-timeout",
      "1",
      "-o",
      "json",
      "-q",
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    const { error } = failureSchema.parse(JSON.parse(stdout));
    expect(error).toMatchObject({ name: "Tuner.AllSizesFailed", exitCode: 1 });
    expect(error.message).toContain(message);
    expect(error.message).toContain(`${handlerFile(name)} failed at every size`);
    expect(stderr + stdout).not.toContain("arn:aws:");
  });

  it("that wants another event than the empty one is told of, with the line it failed at", async () => {
    const target = handlerFile("throws-always.mjs");
    const without = await runCli(["tune", target, ...small, "-q"]);
    expect(without.stderr).toContain("(throws-always.mjs:2:");
    expect(without.stderr).toContain("give one with --payload @event.json: it got {}.");
    const given = await runCli(["tune", target, ...small, "-q", "--payload", '{"a": 1}']);
    expect(given.stderr).not.toContain("--payload @event.json");
  });

  it("in a way that has nothing to do with the event is told of no event", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "processed.json"), '{"preProcessorArn": "before"}');
    const atImport = await runCli(["tune", handlerFile("throws-at-import.mjs"), ...small, "-q"]);
    expect(atImport.stderr).toContain("no DATABASE_URL");
    const processed = await runCli(["tune", handlerFile("echo.mjs"), ...small, "-q", "--config", "processed.json"], {
      cwd,
    });
    expect(processed.stderr).toContain("The pre-processor before failed");
    expect(atImport.stderr + processed.stderr).not.toContain("--payload");
  });

  it("in a way that the request allows is shown as healthy", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "allowed.json"), '{"allowedErrors": ["TypeError"]}');
    const args = ["tune", handlerFile("throws-always.mjs"), ...small, "--config", "allowed.json"];
    const { code, stderr } = await runCli(args, { cwd });
    expect(wentWell).toContain(code);
    expect(stderr).toMatch(/Round 1: +256 MB {2}mean .*, 4 invocations\n/);
  });

  it("that fails now and then is measured by what succeeds", async () => {
    const { code, stdout } = await runCli(["tune", handlerFile("throws-sometimes.mjs"), ...small, "-o", "json", "-q"]);
    expect(wentWell).toContain(code);
    const report = parsedReport(stdout);
    expect(report.run.failedInvocations).toBeGreaterThan(0);
    expect(report.measurements.flatMap(({ errors }) => errors.map(({ example }) => example)).join()).toContain(
      "every second call fails",
    );
    expect(report.warnings).toContainEqual(
      expect.objectContaining({
        kind: "invocations-failed",
        failed: report.run.failedInvocations,
        invocations: report.run.invocations,
        example: expect.stringContaining("every second call fails (throws-sometimes.mjs:"),
      }),
    );
  });

  it("that prints 10 MB, leaks a timer and ignores SIGTERM ends with the run", async () => {
    const { code, stdout } = await runCli(["tune", handlerFile("noisy.mjs"), ...small, "-o", "json", "-q"]);
    expect(wentWell).toContain(code);
    expect(parsedReport(stdout).recommendation).toBeDefined();
  });
});
